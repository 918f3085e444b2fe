import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { binMatrix } from '../../../core/forest/bin-matrix.js';
import { boostTrees } from '../../../core/forest/boost-trees.js';
import { fitBoosting } from '../../../core/forest/fit-boosting.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { forestToOnnx } from '../../../core/forest/onnx.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { predictProba } from '../../../core/forest/predict-proba.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { scorePredictions } from '../../../core/forest/score-predictions.js';
import { runOnnx } from './onnx-session.js';
import { randomProblem } from './random-problem.js';

const steps = matrixFromRows([[1], [2], [3], [4]]);
const one = { iterations: 1, learningRate: 0.5, minSamplesLeaf: 1 } as const;

test('one step of squared error goes half of the way to each side’s mean', () => {
  const model = fitBoosting(steps, Float64Array.of(0, 0, 8, 8), { task: 'regression', ...one, maxLeafNodes: 2 });
  // from the mean 4, half of the residuals −4 and 4
  expect([...predictBatch(model, steps)]).toEqual([2, 2, 6, 6]);
});

test('one step of logistic loss is half a Newton step from the prior’s log-odds', () => {
  const model = fitBoosting(steps, Float64Array.of(0, 0, 1, 1), { task: 'classification', ...one, maxLeafNodes: 2 });
  // p = ½: gradient sum ∓1, hessian sum ½, so half of ±2
  const probability = 1 / (1 + Math.exp(-1));
  expect(predictProba(model, Float64Array.of(4))[1]).toBeCloseTo(probability, 12);
  expect(predictProba(model, Float64Array.of(1))[0]).toBeCloseTo(probability, 12);
});

test('the l2 penalty is added to the weight of a leaf', () => {
  const options = { task: 'regression', ...one, maxLeafNodes: 2, l2: 2 } as const;
  const model = fitBoosting(steps, Float64Array.of(0, 0, 8, 8), options);
  // residual sum ∓8 over weight 2 + 2, half of it
  expect([...predictBatch(model, steps)]).toEqual([3, 3, 5, 5]);
});

const { X, y } = randomProblem(2500, 4, { missing: 0.05 });
const later = randomProblem(1000, 4, { missing: 0.05, seed: 3 });

test('regression learns, and each iteration lowers the training error', () => {
  const error = (iterations: number) => {
    const model = fitBoosting(X, y, { task: 'regression', iterations });
    return 1 - scorePredictions('regression', y, predictBatch(model, X));
  };
  expect(error(10)).toBeLessThan(error(3));
  expect(error(40)).toBeLessThan(error(10));
  const model = fitBoosting(X, y, { task: 'regression' });
  expect(scorePredictions('regression', later.y, predictBatch(model, later.X))).toBeGreaterThan(0.95);
});

test('two and three classes are learnt', () => {
  for (const limits of [[60], [60, 80]]) {
    const kind = (target: Float64Array) => target.map((value) => limits.filter((limit) => value > limit).length);
    const model = fitBoosting(X, kind(y), { task: 'classification', iterations: 40 });
    expect(scorePredictions('classification', kind(later.y), predictBatch(model, later.X))).toBeGreaterThan(0.9);
  }
});

test('sample weights of 0 leave rows out', () => {
  const half = y.map((_, r) => (r < 1250 ? 1 : 0));
  const changed = y.map((value, r) => (r < 1250 ? value : 1e6));
  const options = { task: 'regression', iterations: 5, sampleWeight: half } as const;
  expect(fitBoosting(X, changed, options)).toEqual(fitBoosting(X, y, options));
});

test('early stopping ends before all iterations are made and keeps the best of them', () => {
  const noisy = y.map((value, r) => value + 300 * Math.sin(r * r));
  const options = { task: 'regression', iterations: 400, learningRate: 0.3, randomState: 2 } as const;
  const model = fitBoosting(X, noisy, { ...options, earlyStopping: { validationRatio: 0.2, patience: 5 } });
  expect(model.trees).toBeLessThan(100);
  expect(model.trees).toBeGreaterThan(0);
  const all = fitBoosting(X, noisy, options);
  const error = (predictions: Float64Array) => predictions.reduce((sum, p, r) => sum + (p - later.y[r]!) ** 2, 0);
  expect(error(predictBatch(model, later.X))).toBeLessThan(error(predictBatch(all, later.X)));
});

test('boosting can be stopped between iterations', () => {
  const seen: number[] = [];
  const model = boostTrees(binMatrix(X, 256), y, { task: 'regression' }, (done) => seen.push(done) < 4);
  expect(seen).toEqual([1, 2, 3, 4]);
  expect(model.trees).toBe(4);
});

test.each([
  ['two classes', [60]],
  ['two classes, one of them rare', [105]],
  ['three classes', [60, 80]],
])('onnxruntime gives the probabilities: %s', async (_, limits) => {
  const rows = Array.from({ length: 200 }, (__, r) => Float32Array.from(later.rowOf(r)));
  const kind = y.map((value) => limits.filter((limit) => value > limit).length);
  const model = fitBoosting(X, kind, { task: 'classification', iterations: 15 });
  const { label, probabilities } = await runOnnx(forestToOnnx(model), rows);
  rows.forEach((row, i) => {
    const ours = predictProba(model, Float64Array.from(row));
    ours.forEach((probability, k) => {
      const theirs = probabilities![i * ours.length + k]!;
      expect(Math.abs(theirs - probability)).toBeLessThanOrEqual(1e-5 * Math.max(probability, 0.1));
    });
    const [first, second] = [...ours].sort((a, b) => b - a);
    if (first! - second! > 1e-5) expect(label![i]).toBe(predictRow(model, Float64Array.from(row)));
  });
});

test('onnxruntime gives the boosted regression', async () => {
  const rows = Array.from({ length: 200 }, (_, r) => Float32Array.from(later.rowOf(r)));
  const model = fitBoosting(X, y, { task: 'regression' });
  const { prediction } = await runOnnx(forestToOnnx(model), rows);
  rows.forEach((row, i) => {
    const ours = predictRow(model, Float64Array.from(row));
    expect(Math.abs(prediction![i]! - ours)).toBeLessThanOrEqual(1e-5 * Math.abs(ours));
  });
});

test('options out of range are named with what is allowed', () => {
  const attempt = (options: object) => () =>
    fitBoosting(steps, Float64Array.of(0, 0, 8, 8), { task: 'regression', ...options });
  expect(attempt({ learningRate: 0 })).toThrow('learningRate must be above 0 and at most 1, got 0');
  expect(attempt({ iterations: 0 })).toThrow('iterations must be an integer from 1 to 100000, got 0');
  expect(attempt({ l2: -1 })).toThrow('l2 must be a number ≥ 0, got -1');
  expect(attempt({ earlyStopping: { validationRatio: 1 } })).toThrow(
    'earlyStopping.validationRatio must be between 0 and 1',
  );
  expect(attempt({ earlyStopping: { patience: 0 } })).toThrow(InvalidInputError);
  expect(attempt({ maxFeatures: 2 })).toThrow('maxFeatures must be');
});
