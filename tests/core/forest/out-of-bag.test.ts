import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { drawRows, treeRandom } from '../../../core/forest/bootstrap.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import type { ForestOptions } from '../../../core/forest/forest-options.js';
import { outOfBag } from '../../../core/forest/out-of-bag.js';
import { permutationImportances } from '../../../core/forest/permutation-importances.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { scorePredictions } from '../../../core/forest/score-predictions.js';
import { treePredictions } from '../../../core/forest/tree-predictions.js';
import { randomProblem } from './random-problem.js';

const { X, y, rowOf } = randomProblem(900, 4);
const options: ForestOptions = { task: 'regression', trees: 40, maxDepth: 12, randomState: 6 };
const forest = fitForest(X, y, options);

test('every row is predicted by just the trees that did not draw it', () => {
  const { predictions } = outOfBag(forest, X, y, options);
  const counts = new Uint16Array(900);
  for (const r of [0, 137, 899]) {
    const unseen: number[] = [];
    treePredictions(forest, rowOf(r)).forEach((prediction, t) => {
      drawRows(counts, treeRandom(6, t), true, null);
      if (counts[r] === 0) unseen.push(prediction);
    });
    expect(unseen.length).toBeGreaterThan(5);
    expect(predictions[r]).toBeCloseTo(unseen.reduce((a, b) => a + b, 0) / unseen.length, 9);
  }
});

test('the score is near that on new rows and below that on the training rows', () => {
  const later = randomProblem(900, 4, { seed: 8 });
  const { score } = outOfBag(forest, X, y, options);
  const onNewRows = scorePredictions('regression', later.y, predictBatch(forest, later.X));
  expect(Math.abs(score - onNewRows)).toBeLessThan(0.03);
  expect(score).toBeLessThan(scorePredictions('regression', y, predictBatch(forest, X)));
});

test('a classifier’s score is its share of right answers', () => {
  const kinds = y.map((value) => (value > 60 ? 1 : 0));
  const settings: ForestOptions = { ...options, task: 'classification' };
  const { score, predictions } = outOfBag(fitForest(X, kinds, settings), X, kinds, settings);
  const right = predictions.filter((value, r) => value === kinds[r]).length;
  expect(score).toBeCloseTo(right / 900, 12);
  expect(score).toBeGreaterThan(0.85);
});

test('a row that every tree drew has no prediction and does not count', () => {
  const one = { ...options, trees: 1 };
  const { predictions } = outOfBag(fitForest(X, y, one), X, y, one);
  const missing = predictions.filter(Number.isNaN).length / 900;
  // one draw of n from n leaves out a share of 1/e
  expect(missing).toBeGreaterThan(0.58);
  expect(missing).toBeLessThan(0.68);
});

test('without bootstrap nothing is out of bag', () => {
  const all = { ...options, bootstrap: false };
  expect(() => outOfBag(fitForest(X, y, all), X, y, all)).toThrow(InvalidInputError);
});

test('shuffling a feature hurts as much as the target depends on it', () => {
  const later = randomProblem(900, 4, { seed: 8 });
  const { mean, deviation } = permutationImportances(forest, later.X, later.y, { repeats: 4, randomState: 1 });
  expect(mean[0]).toBeGreaterThan(0.3);
  expect(Math.abs(mean[3]!)).toBeLessThan(0.02);
  expect(deviation[0]).toBeGreaterThan(0);
  expect(permutationImportances(forest, later.X, later.y, { repeats: 4, randomState: 1 })).toEqual({ mean, deviation });
  expect(() => permutationImportances(forest, later.X, later.y, { repeats: 0 })).toThrow('repeats must be');
});

test('R² is scikit-learn’s', () => {
  // r2_score([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]) from its documentation
  const score = scorePredictions('regression', Float64Array.of(3, -0.5, 2, 7), Float64Array.of(2.5, 0, 2, 8));
  expect(score).toBeCloseTo(0.9486081370449679, 15);
});
