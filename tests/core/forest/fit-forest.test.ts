import { expect, test } from 'vitest';
import { decodeForest } from '../../../core/forest/decode-forest.js';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictRow } from '../../../core/forest/predict-row.js';

const X = matrixFromRows([[1], [2], [3], [10], [11], [12]]);
const y = Float64Array.of(5, 5, 5, 7, 7, 7);

test('splits halfway between the two groups and answers each with its mean', () => {
  const forest = fitForest(X, y, { task: 'regression', trees: 1, bootstrap: false });
  expect([...forest.feature]).toEqual([0, 0xffff, 0xffff]);
  expect(forest.threshold[0]).toBe(6.5);
  expect([...predictBatch(forest, X)]).toEqual([5, 5, 5, 7, 7, 7]);
});

test('a forest survives its file bit for bit', () => {
  const forest = fitForest(X, y, { task: 'regression', trees: 7, randomState: 3 });
  const copy = decodeForest(encodeForest(forest));
  expect(copy).toEqual(forest);
  expect(predictRow(copy, Float64Array.of(10.5))).toBe(predictRow(forest, Float64Array.of(10.5)));
});
