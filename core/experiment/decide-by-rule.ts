import { compositeScore } from './composite-score.js';
import { dataShortage } from './data-shortage.js';
import type { RuleDecision, RuleVerdict } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import type { JudgedBy } from './judged-by.js';
import { abovePromoteLine, belowRollbackLine } from './score-lines.js';
import type { VariantSummary } from './variant-summary.js';
import { formatPercent, formatScore } from './wording.js';

/**
 * The plain rule: the ratio of the two scores against the promote and rollback lines, both strict, once each variant has
 * its minimum of requests and ratings. It knows nothing of chance; see {@link decideByEvidence} for the policy that does.
 *
 * @param judgedBy what the sentences call the ratings
 */
export function decideByRule(
  production: VariantSummary,
  candidate: VariantSummary,
  rule: DecisionRule,
  judgedBy: JudgedBy = 'ratings',
): RuleDecision {
  const [p, c] = [compositeScore(production, rule), compositeScore(candidate, rule)];
  // from production = 0 no ratio can be told, and the two lines are compared without dividing
  const ratio = p.score !== null && c.score !== null && p.score > 0 ? c.score / p.score : null;
  const numbers = {
    productionScore: p.score,
    candidateScore: c.score,
    ratio,
    promoteRatio: rule.promoteRatio,
    rollbackRatio: rule.rollbackRatio,
    productionMeanRating: p.meanRating,
    candidateMeanRating: c.meanRating,
    productionMeanLatencyMs: p.meanLatencyMs,
    candidateMeanLatencyMs: c.meanLatencyMs,
    productionRequests: production.requests,
    candidateRequests: candidate.requests,
    productionRatings: production.ratings,
    candidateRatings: candidate.ratings,
  };
  const decide = (verdict: RuleVerdict, reason: string): RuleDecision => ({ policy: 'rule', verdict, reason, numbers });

  const shortage = dataShortage(production, candidate, rule, judgedBy);
  if (shortage !== null) return decide('insufficient_data', `Too little data to judge: ${shortage}.`);
  // the minimum above guarantees both scores
  const [pScore, cScore] = [p.score ?? 0, c.score ?? 0];
  const scores = `candidate ${formatScore(cScore)} against production ${formatScore(pScore)}`;
  if (abovePromoteLine(cScore, pScore, rule)) {
    return decide(
      'promote',
      `The candidate scores more than ${formatPercent(rule.promoteRatio - 1)} above production: ${scores}.`,
    );
  }
  if (belowRollbackLine(cScore, pScore, rule)) {
    return decide(
      'rollback',
      `The candidate scores more than ${formatPercent(1 - rule.rollbackRatio)} below production: ${scores}.`,
    );
  }
  return decide('continue_testing', `The two are too close to act on: ${scores}.`);
}
