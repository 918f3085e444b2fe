import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideByRule } from '../../../core/experiment/decide-by-rule.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { summarizeVariant } from '../../../core/experiment/summarize-users.js';
import { user } from './builders.js';

const rule = parseDecisionRule();

/** Exactly these means: `requests` answers of one latency, the ratings alternating around the mean in steps of 1. */
function arm(meanRating: number, latencyMs: number, requests = 100, ratings = 100) {
  return summarizeVariant([
    {
      ...user(
        [],
        Array.from({ length: requests }, () => latencyMs),
      ),
      ratings,
      ratingSum: meanRating * ratings,
      ratingSquareSum: meanRating ** 2 * ratings,
    },
  ]);
}

test('scores as the formula says: 0.7·(4/5) + 0.3·(5000 − 1000)/5000 = 0.8', () => {
  const decision = decideByRule(arm(4, 1000), arm(5, 500), rule);
  expect(decision.numbers.productionScore).toBeCloseTo(0.56 + 0.24, 12);
  expect(decision.numbers.candidateScore).toBeCloseTo(0.7 + 0.27, 12);
  expect(decision.verdict).toBe('promote');
});

test('latency beyond the budget scores zero, not less', () => {
  expect(decideByRule(arm(5, 9000), arm(5, 5000), rule).numbers).toMatchObject({
    productionScore: 0.7,
    candidateScore: 0.7,
  });
});

test.each([
  // ratings only, so the ratio of scores is the ratio of ratings
  [4, 4.2, 'continue_testing'],
  [4, 4.2001, 'promote'],
  [4, 3.2, 'continue_testing'],
  [4, 3.1999, 'rollback'],
])('with production at %d and the candidate at %d, lines being strict: %s', (production, candidate, verdict) => {
  const ratings = parseDecisionRule({ ratingWeight: 1, latencyWeight: 0 });
  expect(decideByRule(arm(production, 100), arm(candidate, 100), ratings).verdict).toBe(verdict);
});

test.each([
  [49, 10, 'the candidate has 49 of 50 requests'],
  [50, 9, 'the candidate has 9 of 10 ratings'],
])('a candidate with %d requests and %d ratings is not judged, and the reason says so', (requests, ratings, words) => {
  const decision = decideByRule(arm(1, 100), arm(5, 100, requests, ratings), rule);
  expect([decision.verdict, decision.reason]).toEqual(['insufficient_data', `Too little data to judge: ${words}.`]);
});

test('at exactly the minimum it is judged', () => {
  expect(decideByRule(arm(3, 100, 50, 10), arm(5, 100, 50, 10), rule).verdict).toBe('promote');
});

const rating = fc.double({ min: 1, max: 5, noNaN: true });
const latency = fc.double({ min: 0, max: 9000, noNaN: true });

test('below the minimum nothing ever happens, whatever the scores', () => {
  fc.assert(
    fc.property(
      rating,
      rating,
      latency,
      latency,
      fc.nat(49),
      fc.nat(100),
      fc.boolean(),
      (rp, rc, lp, lc, n, m, swap) => {
        const small = arm(rc, lc, n, m);
        const large = arm(rp, lp);
        const decision = swap ? decideByRule(small, large, rule) : decideByRule(large, small, rule);
        expect(decision.verdict).toBe('insufficient_data');
      },
    ),
  );
});

test('no promotion and no rollback survives swapping the variants', () => {
  fc.assert(
    fc.property(rating, rating, latency, latency, (rp, rc, lp, lc) => {
      const [one, other] = [decideByRule(arm(rp, lp), arm(rc, lc), rule), decideByRule(arm(rc, lc), arm(rp, lp), rule)];
      if (one.verdict === 'promote') expect(['continue_testing', 'rollback']).toContain(other.verdict);
      if (one.verdict === 'rollback') expect(other.verdict).toBe('promote');
    }),
  );
});

test('a production score of zero is beaten by anything, and has no ratio', () => {
  const latencyOnly = parseDecisionRule({ ratingWeight: 0, latencyWeight: 1, minRatings: 0 });
  const decision = decideByRule(arm(3, 6000, 100, 0), arm(3, 4000, 100, 0), latencyOnly);
  expect([decision.verdict, decision.numbers.ratio]).toEqual(['promote', null]);
});
