import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { summarizeUsers, summarizeVariant } from '../../../core/experiment/summarize-users.js';
import { variantScore } from '../../../core/experiment/variant-score.js';
import type { UserTotals } from '../../../core/experiment/variant-summary.js';
import { user } from './builders.js';

const rule = parseDecisionRule();

/** V written out user by user, as the definition has it. */
function varianceByUsers(rows: readonly UserTotals[]): number {
  const total = (key: keyof UserTotals) => rows.reduce((sum, row) => sum + (row[key] as number), 0);
  const [m, n] = [total('ratings'), total('requests')];
  const [meanRating, meanLatency] = [total('ratingSum') / m, total('latencyScoreSum') / n];
  const squares = rows.reduce((sum, row) => {
    const psi =
      ((0.7 / 5) * (row.ratingSum - meanRating * row.ratings)) / m +
      (0.3 * (row.latencyScoreSum - meanLatency * row.requests)) / n;
    return sum + psi * psi;
  }, 0);
  return (rows.length / (rows.length - 1)) * squares;
}

const rows = fc.array(
  fc
    .record({
      latencies: fc.array(fc.double({ min: 0, max: 8000, noNaN: true }), { minLength: 1, maxLength: 30 }),
      ratings: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 30 }),
    })
    .map(({ latencies, ratings }) => user(ratings.slice(0, latencies.length), latencies)),
  { minLength: 2, maxLength: 60 },
);

test('the variance from the second moments is the variance user by user', () => {
  fc.assert(
    fc.property(rows, (users) => {
      fc.pre(users.some((row) => row.ratings > 0));
      const score = variantScore(summarizeVariant(users), rule)!;
      const direct = varianceByUsers(users);
      // both cancel sums that are at most 1: an absolute error of 1e-14 is 1e-7 in the standard error
      expect(Math.abs(score.variance! - direct)).toBeLessThanOrEqual(1e-9 * direct + 1e-14);
    }),
  );
});

test('one user with many requests widens the interval, many users with one each do not', () => {
  const latencies = Array.from({ length: 40 }, () => 500);
  const ratings = Array.from({ length: 40 }, (_, i) => (i < 20 ? 2 : 5));
  const apart = ratings.map((value) => user([value], [500]));
  const together = [user(ratings.slice(0, 20), latencies.slice(0, 20)), user(ratings.slice(20), latencies.slice(20))];
  const variance = (users: UserTotals[]) => variantScore(summarizeVariant(users), rule)!.variance!;
  // 0.14² · 1.5²·40 / 40² · 40/39, and (0.14·1.5·20/40)²·2 · 2/1
  expect(variance(apart)).toBeCloseTo((0.0196 * 2.25) / 39, 12);
  expect(variance(together)).toBeCloseTo(4 * 0.105 ** 2, 12);
});

test('is unknown without ratings, and has no variance with one user', () => {
  expect(variantScore(summarizeVariant([user([], [100]), user([], [200])]), rule)).toBeNull();
  expect(variantScore(summarizeVariant([user([4], [100])]), rule)).toMatchObject({ variance: null });
});

test('adds users up: counts, sums, histogram, and who was in both variants', () => {
  const summary = summarizeUsers(
    [
      { variant: 'production', userKey: 'a', ...user([5, 3], [100, 300], 1) },
      { variant: 'candidate', userKey: 'a', ...user([], [200]) },
      { variant: 'candidate', userKey: 'b', ...user([1], [400]) },
      { variant: 'candidate', userKey: 'failed-only', ...user([], [], 2) },
    ],
    { candidate: 390 },
  );
  expect(summary.usersInBoth).toBe(1);
  expect(summary.production).toMatchObject({
    users: 1,
    requests: 2,
    errors: 1,
    latencyMsSum: 400,
    ratings: 2,
    ratingSum: 8,
    ratingSquareSum: 34,
    ratingCounts: [0, 0, 1, 0, 1],
    latencyP95Ms: null,
    moments: { rr: 64, rm: 16, mm: 4, nn: 4, rn: 16, mn: 4 },
  });
  expect(summary.candidate).toMatchObject({ users: 2, requests: 2, errors: 2, ratings: 1, latencyP95Ms: 390 });
});

test('a rated user whose ratings were not counted by value leaves the histogram unknown', () => {
  const { ratingCounts: _, ...uncounted } = user([4], [100]);
  expect(summarizeVariant([uncounted, user([5], [100])]).ratingCounts).toBeNull();
});
