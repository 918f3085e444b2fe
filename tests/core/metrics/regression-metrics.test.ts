import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { regressionMetrics } from '../../../core/metrics/regression-metrics.js';

const { metrics } = JSON.parse(readFileSync(new URL('../../vectors/drift.json', import.meta.url), 'utf8'));

test('agrees with scikit-learn', () => {
  const found = regressionMetrics(metrics.actual, metrics.predicted);
  for (const name of ['mae', 'rmse', 'r2', 'mape'] as const) expect(found[name]).toBeCloseTo(metrics[name], 10);
});

test('a perfect prediction has no error, also of a constant target', () => {
  expect(regressionMetrics([3, 3], [3, 3])).toEqual({ mae: 0, rmse: 0, r2: 1, mape: 0 });
  expect(regressionMetrics([3, 3], [3, 4]).r2).toBe(0);
});

test('a truth of 0 has no relative error and is left out of it', () => {
  expect(regressionMetrics([0, 10], [5, 11]).mape).toBeCloseTo(0.1, 12);
});

test.each([
  [[], []],
  [[1], [1, 2]],
  [[1], [Number.NaN]],
])('refuses %j against %j', (actual, predicted) => {
  expect(() => regressionMetrics(actual, predicted)).toThrow(InvalidInputError);
});
