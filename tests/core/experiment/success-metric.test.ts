import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../../../core/experiment/evaluate-experiment.js';
import {
  accuracyOf,
  type MetricTotals,
  ruleForMetric,
  type SuccessMetric,
  totalsForMetric,
} from '../../../core/experiment/success-metric.js';
import { summarizeVariant } from '../../../core/experiment/summarize-users.js';
import { context, user } from './builders.js';

const rule = parseDecisionRule({ policy: 'evidence', promoteRatio: 1.02 });

/** 200 users; the candidate's get better answers but worse ratings. */
function evaluateBy(metric: SuccessMetric) {
  const users = (rating: number, latencyMs: number, errorEvery: number, accuracy: number): MetricTotals[] =>
    Array.from({ length: 200 }, (_, i) => {
      const told = accuracy + (i % 5) / 50;
      return {
        ...user([rating + (i % 2)], [latencyMs + (i % 7)], i % errorEvery === 0 ? 1 : 0),
        accuracies: 1,
        accuracySum: told,
        accuracySquareSum: told ** 2,
      };
    });
  const variant = (rows: MetricTotals[]) => summarizeVariant(rows.map((row) => totalsForMetric(row, metric, rule)));
  const summary = {
    production: variant(users(3, 900, 6, 0.7)),
    candidate: variant(users(2, 400, 50, 0.85)),
    usersInBoth: 0,
  };
  return evaluateExperiment(summary, context({ candidateWeightPercent: 50 }), ruleForMetric(rule, metric));
}

test.each([
  ['rating', 'rollback'],
  ['accuracy', 'promote'],
  ['latency', 'promote'],
  ['error_rate', 'promote'],
] as const)('by %s the verdict is %s', (metric, verdict) => {
  expect(evaluateBy(metric).verdict).toBe(verdict);
});

test('the score of an accuracy is the mean accuracy, that of the error rate the share that did not fail', () => {
  // (0.85 … 0.93) and 200 answered of 204
  expect(evaluateBy('accuracy').evidence.numbers.candidateScore).toBeCloseTo(0.89, 10);
  expect(evaluateBy('error_rate').evidence.numbers.candidateScore).toBeCloseTo(200 / 204, 10);
  expect(evaluateBy('error_rate').rule.numbers.candidateScore).toBeCloseTo(200 / 204, 10);
});

test('accuracy is nearness to the actual value, in shares of it', () => {
  expect([accuracyOf(90, 100), accuracyOf(110, 100), accuracyOf(100, 100), accuracyOf(300, 100)]).toEqual([
    expect.closeTo(0.9, 12),
    expect.closeTo(0.9, 12),
    1,
    0,
  ]);
  expect(() => accuracyOf(1, 0)).toThrow(InvalidInputError);
  expect(() => accuracyOf(Number.NaN, 1)).toThrow(InvalidInputError);
});

test('the composite score needs no other rule', () => {
  expect(ruleForMetric(rule, 'score')).toBe(rule);
});
