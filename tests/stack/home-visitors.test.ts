import { expect, test } from 'vitest';
import type { Row } from '../../core/dataset/row.js';
import { splitRows } from '../../core/dataset/split-rows.js';
import { assessDrift } from '../../core/drift/assess-drift.js';
import { buildReference } from '../../core/drift/build-reference.js';
import { DriftAccumulator } from '../../core/drift/drift-accumulator.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { targetValues } from '../../core/features/target-values.js';
import { fitForest } from '../../core/forest/fit-forest.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import { createRandom } from '../../core/stats/random.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { askedHomes } from '../../stack/traffic/asked-homes.js';
import { nextHome } from '../../stack/traffic/home-seeker.js';

const VISITS = 400;

// the model of a stack without a CSV of its own: from what the project generates, with the seed of the raw data
const { rows } = homePrices.dataset.clean(homePrices.dataset.generate!({ randomState: 1 }));
const { train, test: heldOut } = splitRows(rows, homePrices.training.testRatio, 0);
const target = targetValues(train, homePrices.target.column);
const plan = fitEncoder(homePrices.features, train, target);
const forest = fitForest(encodeRows(plan, train), target, {
  task: 'regression',
  ...homePrices.training.hyperparameters,
  trees: 25,
  randomState: 0,
});
const predict = (asked: readonly Row[]) => predictBatch(forest, encodeRows(plan, asked));
const reference = buildReference(homePrices, train, predict(heldOut));
const homes = await askedHomes({});

function driftOf(asked: readonly Row[]) {
  const predictions = predict(asked);
  const accumulator = new DriftAccumulator(reference);
  for (const [i, row] of asked.entries()) accumulator.add(row, predictions[i]!);
  return assessDrift(reference, accumulator.result(), homePrices.drift);
}

function visits(seed: number): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: VISITS }, () => nextHome(homes, random));
}

test.each([1, 2, 3])('the homes that visitors ask about do not drift from the training data, seed %i', (seed) => {
  const report = driftOf(visits(seed));
  expect(report).toMatchObject({ status: 'stable', model_drift_alert: false });
  expect(report.data_quality.filter(({ status }) => status !== 'stable')).toEqual([]);
});

test('the same seed asks about the same homes', () => {
  expect(visits(5)).toEqual(visits(5));
  expect(visits(5)).not.toEqual(visits(6));
});

test('visitors who asked about every place equally often would look like drift', () => {
  const places = [...new Set(homes.map(({ location }) => location))];
  const even = visits(1).map((home, i) => ({ ...home, location: places[i % places.length]! }));
  expect(driftOf(even).features.find(({ name }) => name === 'location')?.status).toBe('drift');
});
