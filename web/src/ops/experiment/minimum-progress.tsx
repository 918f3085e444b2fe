import type { Numbers, RuleView } from '../../api/control.js';
import { formatCount } from '../../shared/format.js';

/** How far each variant is to the least data any decision needs. */
export function MinimumProgress({ numbers, rule }: { numbers: Numbers; rule: RuleView }) {
  const needs = [
    ['Production requests', numbers.productionRequests, rule.minRequests],
    ['Production ratings', numbers.productionRatings, rule.minRatings],
    ['Candidate requests', numbers.candidateRequests, rule.minRequests],
    ['Candidate ratings', numbers.candidateRatings, rule.minRatings],
  ] as const;
  return (
    <ul className="minimums">
      {needs.map(([name, value, least]) => (
        <li key={name}>
          <label>
            <span>{name}</span>
            <progress max={least} value={Math.min(value ?? 0, least)} />
            <span className="minimum-value">
              {formatCount(value ?? 0)} of {formatCount(least)} {(value ?? 0) >= least && '✓'}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
