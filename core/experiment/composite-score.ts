import type { DecisionRule } from './decision-rule.js';
import { RATING_MAX, type VariantSummary } from './variant-summary.js';

/** One variant's means and its score, 0..1. A mean without observations is null, and so is a score that needs it. */
export interface CompositeScore {
  readonly meanRating: number | null;
  readonly meanLatencyMs: number | null;
  readonly score: number | null;
}

/**
 * The score of the rule: ratingWeight · R/5 + latencyWeight · max(0, (budget − L)/budget), with R the mean rating and L the
 * mean latency of the answered requests.
 */
export function compositeScore(
  variant: VariantSummary,
  rule: Pick<DecisionRule, 'ratingWeight' | 'latencyWeight' | 'latencyBudgetMs'>,
): CompositeScore {
  const meanRating = variant.ratings > 0 ? variant.ratingSum / variant.ratings : null;
  const meanLatencyMs = variant.requests > 0 ? variant.latencyMsSum / variant.requests : null;
  const ratingPart = rule.ratingWeight === 0 ? 0 : meanRating;
  const latencyPart = rule.latencyWeight === 0 ? 0 : meanLatencyMs;
  if (ratingPart === null || latencyPart === null) return { meanRating, meanLatencyMs, score: null };
  const latencyScore = Math.max(0, (rule.latencyBudgetMs - latencyPart) / rule.latencyBudgetMs);
  const score = rule.ratingWeight * (ratingPart / RATING_MAX) + rule.latencyWeight * latencyScore;
  return { meanRating, meanLatencyMs, score };
}
