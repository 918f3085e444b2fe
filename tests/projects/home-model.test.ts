import { expect, test } from 'vitest';
import { splitRows } from '../../core/dataset/split-rows.js';
import { assessDrift } from '../../core/drift/assess-drift.js';
import { buildReference } from '../../core/drift/build-reference.js';
import { DriftAccumulator } from '../../core/drift/drift-accumulator.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { targetValues } from '../../core/features/target-values.js';
import { fitForest } from '../../core/forest/fit-forest.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import { regressionMetrics } from '../../core/metrics/regression-metrics.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { homeCsv } from './home-csv.js';

const { target, training, features, gates, drift } = homePrices;
const { rows } = homePrices.dataset.clean(homeCsv().text);
const { train, test: heldOut } = splitRows(rows, training.testRatio, 0);
const trainTarget = targetValues(train, target.column);
const plan = fitEncoder(features, train, trainTarget);
const forest = fitForest(encodeRows(plan, train), trainTarget, {
  task: 'regression',
  ...training.hyperparameters,
  randomState: 0,
});
const predictions = predictBatch(forest, encodeRows(plan, heldOut));
const actual = targetValues(heldOut, target.column);

test('the project’s model passes its own gate on rows it has not seen', () => {
  const least = gates.metrics.r2?.min;
  expect(least).toBeGreaterThanOrEqual(0.7);
  expect(regressionMetrics(actual, predictions).r2).toBeGreaterThan(Number(least));
});

test('it is far better than a price per square foot alone', () => {
  const rate = train.reduce((sum, row, i) => sum + trainTarget[i]! / row.total_sqft, 0) / train.length;
  const simple = regressionMetrics(
    actual,
    heldOut.map((row) => rate * row.total_sqft),
  );
  expect(regressionMetrics(actual, predictions).mae).toBeLessThan(0.75 * simple.mae);
});

test('held-out rows do not drift from the training rows, dearer and larger homes do', () => {
  const reference = buildReference(homePrices, train, predictions, actual);
  const assess = (scale: number) => {
    const accumulator = new DriftAccumulator(reference);
    for (const [i, row] of heldOut.entries()) {
      accumulator.add({ ...row, total_sqft: row.total_sqft * scale }, predictions[i]! * scale);
    }
    return assessDrift(reference, accumulator.result(), drift);
  };
  expect(assess(1)).toMatchObject({ status: 'stable', overall_drift_detected: false });
  const moved = assess(1.4);
  expect(moved).toMatchObject({ status: 'drift', overall_drift_detected: true });
  expect(moved.features.filter((row) => row.status === 'drift').map((row) => row.name)).toEqual(['total_sqft']);
});
