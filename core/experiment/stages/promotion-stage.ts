import type { EvidenceReading } from '../evidence-reading.js';
import { abovePromoteLine } from '../score-lines.js';
import { formatPercent, formatScore } from '../wording.js';
import type { Stage } from './stage.js';

/**
 * Ahead by more than the promote line, by the plain rule too: it stays the necessary condition (its latency part takes the mean
 * first, and differs when answers take longer than the budget).
 */
export const aheadOfLine = ({ effect, rule, ruleDecision }: EvidenceReading): boolean =>
  effect !== null &&
  abovePromoteLine(effect.candidateScore, effect.productionScore, rule) &&
  ruleDecision.verdict === 'promote';

/** f. Ahead by enough, and ahead at all beyond doubt. */
export const promotionStage: Stage = (reading) => {
  const { effect, floorMet, rule } = reading;
  if (effect === null || !aheadOfLine(reading) || !floorMet || !(effect.lower > 0)) return null;
  return {
    stage: 'promotion',
    verdict: 'promote',
    reason:
      `The candidate scores more than ${formatPercent(rule.promoteRatio - 1)} above production ` +
      `(${formatScore(effect.candidateScore)} against ${formatScore(effect.productionScore)}), ` +
      `and is better beyond doubt: by at least ${formatScore(effect.lower)}.`,
  };
};
