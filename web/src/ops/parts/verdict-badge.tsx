import type { Verdict } from '../../api/control.js';

const looks: Readonly<Record<Verdict, { label: string; tone: 'good' | 'bad' | 'warn' | 'calm' }>> = {
  promote: { label: 'Promote', tone: 'good' },
  rollback: { label: 'Roll back', tone: 'bad' },
  continue_testing: { label: 'Continue testing', tone: 'calm' },
  insufficient_data: { label: 'Too little data', tone: 'calm' },
  invalid: { label: 'Comparison invalid', tone: 'bad' },
  harm: { label: 'Harm', tone: 'bad' },
  promising: { label: 'Promising', tone: 'good' },
  inconclusive: { label: 'Inconclusive', tone: 'warn' },
};

/** A verdict by its name; the colour only repeats what the word says. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { label, tone } = looks[verdict] ?? { label: verdict, tone: 'calm' };
  return (
    <span className="badge" data-tone={tone}>
      {label}
    </span>
  );
}
