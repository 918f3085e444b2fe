import type { DecisionView, JudgedBy, RuleView } from '../../api/control.js';
import { formatCount } from '../../shared/format.js';
import { judgedWords } from './judged-words.js';

interface MinimumProgressProps {
  readonly decision: DecisionView;
  readonly rule: RuleView;
  readonly judgedBy: JudgedBy | undefined;
}

/** How far each variant is to the least data any decision needs. */
export function MinimumProgress({ decision, rule, judgedBy }: MinimumProgressProps) {
  const { production, candidate } = decision.evaluation;
  const told = judgedWords(judgedBy).many;
  const needs = [
    ['Production requests', production.requests, rule.minRequests],
    [`Production ${told}`, production.ratings, rule.minRatings],
    ['Candidate requests', candidate.requests, rule.minRequests],
    [`Candidate ${told}`, candidate.ratings, rule.minRatings],
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
