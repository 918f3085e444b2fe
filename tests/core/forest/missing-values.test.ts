import { expect, test } from 'vitest';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { randomProblem } from './random-problem.js';

const one = { task: 'regression', trees: 1, bootstrap: false } as const;

test('missing values that behave like large ones go right, like small ones left', () => {
  const rows = [[1], [2], [3], [8], [9], [Number.NaN], [Number.NaN]];
  const likeLarge = fitForest(matrixFromRows(rows), Float64Array.of(0, 0, 0, 1, 1, 1, 1), one);
  expect([...predictBatch(likeLarge, matrixFromRows(rows))]).toEqual([0, 0, 0, 1, 1, 1, 1]);
  expect(likeLarge.missingLeft[0]).toBe(0);
  const likeSmall = fitForest(matrixFromRows(rows), Float64Array.of(0, 0, 0, 1, 1, 0, 0), one);
  expect([...predictBatch(likeSmall, matrixFromRows(rows))]).toEqual([0, 0, 0, 1, 1, 0, 0]);
  expect(likeSmall.missingLeft[0]).toBe(1);
});

test('being missing can be all that matters', () => {
  const rows = [[1], [5], [9], [Number.NaN], [Number.NaN]];
  const forest = fitForest(matrixFromRows(rows), Float64Array.of(2, 2, 2, 7, 7), one);
  expect([...predictBatch(forest, matrixFromRows(rows))]).toEqual([2, 2, 2, 7, 7]);
  expect(predictRow(forest, Float64Array.of(Number.POSITIVE_INFINITY))).toBe(7);
  expect(predictRow(forest, Float64Array.of(1e300))).toBe(2);
});

test('a value never missing in training follows the larger side when it is missing later', () => {
  const rows = [[1], [2], [3], [4], [9]];
  const forest = fitForest(matrixFromRows(rows), Float64Array.of(1, 1, 1, 1, 6), one);
  expect(predictRow(forest, Float64Array.of(Number.NaN))).toBe(1);
});

test('a forest of many missing values still learns, on rows it has not seen too', () => {
  const { X, y } = randomProblem(4000, 4, { missing: 0.2 });
  const later = randomProblem(1000, 4, { missing: 0.2, seed: 9 });
  const predictions = predictBatch(fitForest(X, y, { task: 'regression', trees: 20, maxDepth: 12 }), later.X);
  const mean = later.y.reduce((a, b) => a + b, 0) / 1000;
  const error = later.y.reduce((sum, value, r) => sum + (value - predictions[r]!) ** 2, 0);
  const spread = later.y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  expect(1 - error / spread).toBeGreaterThan(0.9);
});

test('all values of a column missing, it is left alone', () => {
  const rows = [1, 2, 3, 4].map((value) => [Number.NaN, value]);
  const forest = fitForest(matrixFromRows(rows), Float64Array.of(0, 0, 4, 4), one);
  expect(forest.feature[0]).toBe(1);
});
