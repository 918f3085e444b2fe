import { expect, test } from 'vitest';
import { fitForest } from '../../../core/forest/fit-forest.js';
import type { Forest } from '../../../core/forest/forest.js';
import { matrixFromRows } from '../../../core/forest/matrix.js';
import { forestToOnnx } from '../../../core/forest/onnx.js';
import { predictProba } from '../../../core/forest/predict-proba.js';
import { predictRow } from '../../../core/forest/predict-row.js';
import { RandomStream } from '../../../core/forest/random.js';
import { runOnnx } from './onnx-session.js';

/** Rows of float32 values, every tenth one missing. */
function randomRows(count: number, columns: number, seed: number): Float32Array[] {
  const random = new RandomStream(seed);
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: columns }, () => (random.below(10) === 0 ? Number.NaN : random.uniform() * 100 - 50)),
  );
}

const rows = randomRows(400, 4, 1);
const unseen = randomRows(200, 4, 2);
const X = matrixFromRows(rows);
const size = (row: Float32Array) => row.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
const amount = Float64Array.from(rows, (row) => 1000 + 3 * size(row) + (row[0]! > 0 ? 70 : 0));
const threeClasses = Float64Array.from(rows, (row) => (size(row) > 30 ? 2 : size(row) > -30 ? 1 : 0));

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    // a probability near 0 comes out of onnxruntime as 1 − (1 − p) in float32, so it is measured against at least 0.1
    const allowed = 1e-5 * Math.max(Math.abs(expected[i]!), 0.1);
    expect(Math.abs(value - expected[i]!), `row ${i}: ${value} instead of ${expected[i]}`).toBeLessThanOrEqual(allowed);
  });
}

async function expectSameProbabilities(forest: Forest): Promise<void> {
  const { label, probabilities } = await runOnnx(forestToOnnx(forest), unseen);
  const ours = unseen.map((row) => predictProba(forest, Float64Array.from(row)));
  expectClose(
    probabilities!,
    ours.flatMap((proba) => [...proba]),
  );
  // where two classes are this close, float32 may order them differently
  unseen.forEach((row, i) => {
    const [first, second] = [...ours[i]!].sort((a, b) => b - a);
    if (first! - (second ?? 0) > 1e-5) expect(label![i]).toBe(predictRow(forest, Float64Array.from(row)));
  });
}

test('onnxruntime answers as the regression forest does, missing values included', async () => {
  const forest = fitForest(X, amount, { task: 'regression', trees: 30, maxDepth: 10 });
  const { prediction } = await runOnnx(forestToOnnx(forest, ['a', 'b', 'c', 'd']), unseen);
  expectClose(
    prediction!,
    unseen.map((row) => predictRow(forest, Float64Array.from(row))),
  );
});

test('onnxruntime gives the probabilities of a forest over three classes', async () => {
  await expectSameProbabilities(fitForest(X, threeClasses, { task: 'classification', trees: 20, maxDepth: 6 }));
});

test('onnxruntime gives the probabilities of a forest over two classes', async () => {
  const two = threeClasses.map((k) => Math.min(k, 1));
  await expectSameProbabilities(fitForest(X, two, { task: 'classification', trees: 20, maxDepth: 6 }));
});

test('the file names the features for whoever loads it', () => {
  const forest = fitForest(X, amount, { task: 'regression', trees: 1 });
  expect(Buffer.from(forestToOnnx(forest, ['sqft', 'bhk', 'bath', 'balcony'])).toString('latin1')).toContain(
    '["sqft","bhk","bath","balcony"]',
  );
  expect(() => forestToOnnx(forest, ['sqft'])).toThrow('expected 4 feature names, got 1');
});
