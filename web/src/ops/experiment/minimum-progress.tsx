import type { DecisionView, RuleView } from '../../api/control.js';
import { formatCount } from '../../shared/format.js';

/** How far each variant is to the least data any decision needs. */
export function MinimumProgress({ decision, rule }: { decision: DecisionView; rule: RuleView }) {
  const { production, candidate } = decision.evaluation;
  const needs = [
    ['Production requests', production.requests, rule.minRequests],
    ['Production ratings', production.ratings, rule.minRatings],
    ['Candidate requests', candidate.requests, rule.minRequests],
    ['Candidate ratings', candidate.ratings, rule.minRatings],
  ] as const;
  return (
    <ul className="minimums">
      {needs.map(([name, value, least]) => (
        <li key={name}>
          <label>
            <span>{name}</span>
            <progress max={least} value={Math.min(value, least)} />
            <span className="minimum-value">
              {formatCount(value)} of {formatCount(least)} {value >= least && '✓'}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
