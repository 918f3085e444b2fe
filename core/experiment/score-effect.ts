import { alwaysValidP } from '../stats/always-valid-p.js';
import { sequenceRadius, tuneSequence } from '../stats/confidence-sequence.js';
import type { DecisionRule } from './decision-rule.js';
import { variantScore } from './variant-score.js';
import type { VariantSummary } from './variant-summary.js';

/** The difference of the two scores with the interval that holds at every look. */
export interface ScoreEffect {
  readonly productionScore: number;
  readonly candidateScore: number;
  /** θ: candidate minus production. */
  readonly effect: number;
  readonly standardError: number;
  /** N: users of both variants. */
  readonly users: number;
  /** θ − h: the effect is above it, at all looks together, with probability 1 − α. */
  readonly lower: number;
  /** θ + h: the effect is below it, likewise. */
  readonly upper: number;
  /** Always-valid p-value of no effect at this look, two-sided. */
  readonly pValue: number;
}

/**
 * @param expectedUsers N*, fixed when the experiment started
 * @returns null while a variant has no observations of a part of the score, or fewer than two users
 * @throws {InvalidInputError} if `expectedUsers` is not positive
 */
export function scoreEffect(
  production: VariantSummary,
  candidate: VariantSummary,
  rule: Pick<DecisionRule, 'ratingWeight' | 'latencyWeight' | 'alpha'>,
  expectedUsers: number,
): ScoreEffect | null {
  const tuning = tuneSequence(expectedUsers, rule.alpha);
  const p = variantScore(production, rule);
  const c = variantScore(candidate, rule);
  if (p === null || c === null || p.variance === null || c.variance === null) return null;
  const users = production.users + candidate.users;
  const effect = c.score - p.score;
  const standardError = Math.sqrt(p.variance + c.variance);
  const radius = sequenceRadius(standardError, users, tuning);
  return {
    productionScore: p.score,
    candidateScore: c.score,
    effect,
    standardError,
    users,
    lower: effect - radius,
    upper: effect + radius,
    pValue: alwaysValidP(effect, standardError, users, tuning.rho),
  };
}
