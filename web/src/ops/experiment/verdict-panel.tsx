import type { SuccessMetric } from '../../api/ab-tests.js';
import type { EvidenceVerdict, JudgedBy, PolicyVerdict } from '../../api/control.js';
import { formatCount } from '../../shared/format.js';
import { VerdictBadge } from '../parts/verdict-badge.js';
import { judgedWords, scoreWords } from './judged-words.js';

interface VerdictPanelProps {
  readonly policy: 'rule' | 'evidence';
  readonly acts: boolean;
  readonly decided: PolicyVerdict | EvidenceVerdict;
  readonly metric: SuccessMetric | undefined;
  readonly judgedBy?: JudgedBy | undefined;
}

const titles = { rule: 'The rule says', evidence: 'The evidence says' } as const;

function neededWords(needed: EvidenceVerdict['needed'], counted: string): string | null {
  if (needed === null || needed === undefined) return null;
  const parts = [
    needed.ratings === null ? null : `${formatCount(needed.ratings)} more ${counted} of the candidate`,
    needed.users === null ? null : `${formatCount(needed.users)} more users`,
    needed.hours === null ? null : `about ${formatCount(Math.ceil(needed.hours))} h at this traffic`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** One policy's verdict with its reason, and whether it is the one that acts. */
export function VerdictPanel({ policy, acts, decided, metric, judgedBy }: VerdictPanelProps) {
  const needed = neededWords('needed' in decided ? decided.needed : null, judgedWords(judgedBy).many);
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
          ? `Compares the two scores: ${scoreWords(metric, judgedBy)}. It knows nothing of chance.`
          : 'Asks the rule and wants proof that holds however often one looks.'}
      </p>
    </section>
  );
}
