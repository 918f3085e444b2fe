import { expect, test } from 'vitest';
import { binMatrix } from '../../../core/forest/bin-matrix.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { kFold } from '../../../core/forest/k-fold.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { RandomStream } from '../../../core/forest/random.js';
import { type FoldFit, foldScore, searchFolds } from '../../../core/training/fold-score.js';

const random = new RandomStream(3);
const points = Array.from({ length: 120 }, () => [
  Math.floor(random.uniform() * 40),
  Math.floor(random.uniform() * 40),
]);
const y = Float64Array.from(points, ([a, b]) => 3 * a! + (b! > 20 ? 50 : 0));
const set = { binned: binMatrix(matrixFromRows(points), 256), y, sampleWeight: null };
const fit: FoldFit = {
  algorithm: 'forest',
  hyperparameters: { trees: 100, maxDepth: 6 },
  task: 'regression',
  classes: 0,
  trees: 15,
  metric: 'mae',
  folds: 4,
  fold: 2,
  randomState: 5,
};

test('a fold’s score is minus the error, on its rows, of a forest trained on the other rows', () => {
  const { train, test: heldOut } = kFold(120, 4, 5)[2]!;
  const pick = (rows: Uint32Array) => matrixFromRows(Array.from(rows, (r) => points[r]!));
  // 40 values a column: every value is a bin of its own, so the bins of the whole and of the part say the same
  const forest = fitForest(
    pick(train),
    Float64Array.from(train, (r) => y[r]!),
    {
      task: 'regression',
      trees: 15,
      maxDepth: 6,
      randomState: 5,
    },
  );
  const predicted = predictBatch(forest, pick(heldOut));
  const error = heldOut.reduce((sum, r, i) => sum + Math.abs(predicted[i]! - y[r]!), 0) / heldOut.length;
  let trees = 0;
  expect(-foldScore(set, fit, () => void trees++)).toBeCloseTo(error, 0);
  expect(trees).toBe(15);
});

test('boosting is scored in the same way, and what the callback throws ends the fit', () => {
  const boosting: FoldFit = { ...fit, algorithm: 'boosting', hyperparameters: { trees: 100, minSamplesLeaf: 2 } };
  expect(foldScore(set, boosting, () => undefined)).toBeLessThan(0);
  expect(() =>
    foldScore(set, boosting, () => {
      throw new Error('cancelled');
    }),
  ).toThrow('cancelled');
});

test('every fold of a classification has its share of a rare class', () => {
  const rare = Float64Array.from({ length: 100 }, (_, r) => (r % 10 === 0 ? 1 : 0));
  for (const { train, test: heldOut } of searchFolds('classification', rare, 5, 1)) {
    expect(heldOut).toHaveLength(20);
    expect(heldOut.filter((r) => rare[r] === 1)).toHaveLength(2);
    expect(train).toHaveLength(80);
  }
});
