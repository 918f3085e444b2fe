import type { EvidenceVerdict, PolicyVerdict } from '../../api/control.js';
import { formatCount } from '../../shared/format.js';
import { VerdictBadge } from '../parts/verdict-badge.js';

interface VerdictPanelProps {
  readonly policy: 'rule' | 'evidence';
  readonly acts: boolean;
  readonly decided: PolicyVerdict | EvidenceVerdict;
  /** What the scores are made of. */
  readonly scores?: string;
}

const titles = { rule: 'The rule says', evidence: 'The evidence says' } as const;

function neededWords(needed: EvidenceVerdict['needed']): string | null {
  if (needed === null || needed === undefined) return null;
  const parts = [
    needed.ratings === null ? null : `${formatCount(needed.ratings)} more candidate ratings`,
    needed.users === null ? null : `${formatCount(needed.users)} more users`,
    needed.hours === null ? null : `about ${formatCount(Math.ceil(needed.hours))} h at this traffic`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** One policy's verdict with its reason, and whether it is the one that acts. */
export function VerdictPanel({ policy, acts, decided, scores = '70 % mean rating, 30 % latency' }: VerdictPanelProps) {
  const needed = neededWords('needed' in decided ? decided.needed : null);
  return (
    <section className="card verdict" data-acts={acts}>
      <header>
        <h2>{titles[policy]}</h2>
        <span className="hint">{acts ? 'this policy acts' : 'shown beside it'}</span>
      </header>
      <VerdictBadge verdict={decided.verdict} />
      <p>{decided.reason}</p>
      {needed !== null && (
        <p>
          <strong>Still needed:</strong> {needed}.
        </p>
      )}
      <p className="hint">
        {policy === 'rule'
          ? `Compares the two scores: ${scores}. It knows nothing of chance.`
          : 'Asks the rule and wants proof that holds however often one looks.'}
      </p>
    </section>
  );
}
