import { InvalidInputError } from '../errors.js';
import { type DecisionRule, parseDecisionRule } from './decision-rule.js';
import { RATING_MAX, type UserTotals } from './variant-summary.js';

/**
 * What an experiment is about. `score` is the weighted score of the rule; the others put one thing in its place:
 * people's ratings, nearness to the actual price told afterwards, latency, or the share of requests that did not fail.
 */
export const successMetrics = ['score', 'rating', 'accuracy', 'latency', 'error_rate'] as const;
export type SuccessMetric = (typeof successMetrics)[number];

/** A user's row with what the accuracy needs: how often the actual value was told, and Σ and Σ² of the accuracies. */
export interface MetricTotals extends UserTotals {
  readonly accuracies?: number;
  readonly accuracySum?: number;
  readonly accuracySquareSum?: number;
}

/**
 * 1 = the actual value, 0 = off by all of it or more: max(0, 1 − |predicted − actual| / |actual|).
 *
 * @throws {InvalidInputError} if `actual` is 0 or either is not finite
 */
export function accuracyOf(predicted: number, actual: number): number {
  if (!Number.isFinite(predicted) || !Number.isFinite(actual) || actual === 0) {
    throw new InvalidInputError(
      `expected finite values and an actual one other than 0, got ${predicted} and ${actual}`,
    );
  }
  return Math.max(0, 1 - Math.abs(predicted - actual) / Math.abs(actual));
}

/**
 * The same lines, minimum and evidence, for one metric alone. Latency and errors need no ratings. An error rate of 1 % leaves the share
 * of successes 1 % to gain: give such a rule a promote line it can reach.
 */
export function ruleForMetric(rule: DecisionRule, metric: SuccessMetric): DecisionRule {
  if (metric === 'score') return rule;
  if (metric === 'rating' || metric === 'accuracy')
    return parseDecisionRule({ ...rule, ratingWeight: 1, latencyWeight: 0 });
  return parseDecisionRule({
    ...rule,
    ratingWeight: 0,
    latencyWeight: 1,
    minRatings: 0,
    floor: { ...rule.floor, ratings: 0 },
  });
}

/**
 * A user's totals with the metric in the place that the policies read: accuracies as ratings on their 0..5 scale, outcomes as latency
 * scores of 1 (answered) and 0 (failed). `summarizeVariant` and everything after it stay as they are.
 */
export function totalsForMetric(
  row: MetricTotals,
  metric: SuccessMetric,
  rule: Pick<DecisionRule, 'latencyBudgetMs'>,
): UserTotals {
  if (metric === 'accuracy') {
    const { ratingCounts: _, ...totals } = row;
    return {
      ...totals,
      ratings: row.accuracies ?? 0,
      ratingSum: RATING_MAX * (row.accuracySum ?? 0),
      ratingSquareSum: RATING_MAX ** 2 * (row.accuracySquareSum ?? 0),
    };
  }
  if (metric === 'error_rate') {
    return {
      ...row,
      requests: row.requests + row.errors,
      latencyScoreSum: row.requests,
      latencyMsSum: row.errors * rule.latencyBudgetMs,
      // a failure is an outcome here, not one more request; and who rates says nothing of who fails
      errors: 0,
      ratings: 0,
      ratingSum: 0,
      ratingSquareSum: 0,
    };
  }
  return row;
}
