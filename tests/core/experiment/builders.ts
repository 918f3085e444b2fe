import type { EvaluationContext } from '../../../core/experiment/decision.js';
import { summarizeVariant } from '../../../core/experiment/summarize-users.js';
import type { ExperimentSummary, UserTotals, VariantSummary } from '../../../core/experiment/variant-summary.js';
import { createRandom, type Random } from '../../../core/stats/random.js';

/** One user with these ratings and latencies, as storage would have counted them (budget 5000 ms). */
export function user(ratings: readonly number[], latenciesMs: readonly number[], errors = 0): UserTotals {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const counts = [1, 2, 3, 4, 5].map((value) => ratings.filter((rating) => rating === value).length);
  return {
    requests: latenciesMs.length,
    latencyMsSum: sum(latenciesMs),
    latencyScoreSum: sum(latenciesMs.map((ms) => Math.max(0, (5000 - ms) / 5000))),
    ratings: ratings.length,
    ratingSum: sum(ratings),
    ratingSquareSum: sum(ratings.map((rating) => rating ** 2)),
    errors,
    ratingCounts: counts as [number, number, number, number, number],
  };
}

export interface Audience {
  readonly users: number;
  /** Mean of the ratings, 1..5; each user rates 3 ± noise around it. */
  readonly rating: number;
  readonly latencyMs: number;
  /** Share of users who rate. */
  readonly responseRatio?: number;
  readonly errorsPerUser?: number;
}

/** Users of one request each with ratings around a mean: bounded, whole numbers, with the mean asked for. */
export function audience({ users, rating, latencyMs, responseRatio = 1, errorsPerUser = 0 }: Audience, random: Random) {
  const rows = Array.from({ length: users }, () => {
    const low = Math.floor(rating);
    const value = low + (random() < rating - low ? 1 : 0) + [-1, 0, 0, 1][Math.floor(random() * 4)]!;
    const rated = random() < responseRatio ? [Math.min(5, Math.max(1, value))] : [];
    return user(rated, [latencyMs * (0.8 + 0.4 * random())], random() < errorsPerUser ? 1 : 0);
  });
  return rows;
}

/** A variant of such users. */
export const variant = (settings: Audience, seed = 1): VariantSummary =>
  summarizeVariant(audience(settings, createRandom(seed)), settings.latencyMs * 1.2);

export const summary = (production: Audience, candidate: Audience, seed = 1): ExperimentSummary => ({
  production: variant(production, seed),
  candidate: variant(candidate, seed + 1),
  usersInBoth: 0,
});

/** Twelve hours in, no look before, an even or given split. */
export const context = (overrides: Partial<EvaluationContext> = {}): EvaluationContext => ({
  now: new Date('2026-03-02T12:00:00Z'),
  startedAt: new Date('2026-03-02T00:00:00Z'),
  expectedUsers: 1000,
  candidateWeightPercent: 20,
  previous: null,
  nextCandidateReady: false,
  ...overrides,
});
