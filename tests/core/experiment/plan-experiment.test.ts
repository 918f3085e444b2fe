import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { expectedUsers } from '../../../core/experiment/expected-users.js';
import { detectableEffect, planExperiment } from '../../../core/experiment/plan-experiment.js';

const rule = parseDecisionRule();
const traffic = { candidateWeightPercent: 20 };

test('5 % at 80 % power needs about 115 candidate ratings', () => {
  const plan = planExperiment(0.05, { ...traffic, usersPerHour: 100 }, rule);
  expect(Math.abs(plan.candidateRatings - 115)).toBeLessThanOrEqual(5);
  expect(plan.productionRatings / plan.candidateRatings).toBeCloseTo(4, 1);
  // 20 % of users see the candidate, 0.3 ratings each
  expect(plan.users).toBe(Math.ceil(plan.candidateRatings / 0.06));
  expect(plan.hours).toBeCloseTo(plan.users / 100, 12);
});

test('half the effect needs four times the ratings, and the two ways of asking agree', () => {
  const [whole, half] = [planExperiment(0.06, traffic, rule), planExperiment(0.03, traffic, rule)];
  expect(half.candidateRatings / whole.candidateRatings).toBeCloseTo(4, 1);
  expect(detectableEffect(half.candidateRatings, traffic, rule)).toBeCloseTo(0.03, 3);
});

test('N* follows the plan, within the life of the experiment, never below a hundred', () => {
  expect(expectedUsers(traffic, rule)).toBe(planExperiment(0.05, traffic, rule).users);
  expect(expectedUsers({ ...traffic, usersPerHour: 5 }, rule)).toBe(5 * 168);
  expect(expectedUsers({ ...traffic, usersPerHour: 0.1 }, rule)).toBe(100);
  expect(expectedUsers({ candidateWeightPercent: 0 }, rule)).toBe(
    planExperiment(0.05, { candidateWeightPercent: 1 }, rule).users,
  );
  const latency = parseDecisionRule({ ratingWeight: 0, latencyWeight: 1, minRatings: 0 });
  expect(expectedUsers(traffic, latency)).toBe(1000);
});

test.each([
  [{ candidateWeightPercent: 0 }],
  [{ candidateWeightPercent: 100 }],
  [{ candidateWeightPercent: 20, meanRating: 6 }],
  [{ candidateWeightPercent: 20, ratingsPerUser: 0 }],
  [{ candidateWeightPercent: 20, ratingDeviation: 0 }],
])('refuses %j', (impossible) => {
  expect(() => planExperiment(0.05, impossible, rule)).toThrow(InvalidInputError);
});
