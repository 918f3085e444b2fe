import type { DecisionRule } from './decision-rule.js';
import { RATING_MAX, type VariantSummary } from './variant-summary.js';

/** Score of one variant as the mean over requests and ratings that it is, with the variance that users give it. */
export interface VariantScore {
  /** S = ratingWeight · R/5 + latencyWeight · L, 0..1. */
  readonly score: number;
  /** V: squared standard error of the score, users being the unit; null with fewer than two users. */
  readonly variance: number | null;
}

/**
 * Delta method over users: ψ_u = (w_r/5)·(r_u − R·m_u)/m + w_l·(l_u − L·n_u)/n and V = U/(U−1) · Σψ_u². One user with a hundred
 * requests counts as one user, not as a hundred.
 *
 * Σψ_u² is written out in the second moments, so two million users need one pass in the database and no row here.
 *
 * @returns null when a mean that counts in the score has no observations yet
 * @see Deng, Knoblich & Lu 2018, "Applying the Delta Method in Metric Analytics"
 */
export function variantScore(
  variant: VariantSummary,
  rule: Pick<DecisionRule, 'ratingWeight' | 'latencyWeight'>,
): VariantScore | null {
  const { users, moments: s } = variant;
  if (rule.ratingWeight > 0 && variant.ratings === 0) return null;
  if (rule.latencyWeight > 0 && variant.requests === 0) return null;
  const a = rule.ratingWeight > 0 ? rule.ratingWeight / RATING_MAX / variant.ratings : 0;
  const b = rule.latencyWeight > 0 ? rule.latencyWeight / variant.requests : 0;
  const meanRating = variant.ratings > 0 ? variant.ratingSum / variant.ratings : 0;
  const meanLatency = variant.requests > 0 ? variant.latencyScoreSum / variant.requests : 0;
  const ratingPart = s.rr - 2 * meanRating * s.rm + meanRating ** 2 * s.mm;
  const latencyPart = s.ll - 2 * meanLatency * s.ln + meanLatency ** 2 * s.nn;
  const both = s.rl - meanLatency * s.rn - meanRating * s.ml + meanRating * meanLatency * s.mn;
  // the three parts cancel to about 1e-16 of the moments; below zero is rounding
  const squares = Math.max(0, a * a * ratingPart + 2 * a * b * both + b * b * latencyPart);
  return {
    score: a * variant.ratingSum + b * variant.latencyScoreSum,
    variance: users > 1 ? (users / (users - 1)) * squares : null,
  };
}
