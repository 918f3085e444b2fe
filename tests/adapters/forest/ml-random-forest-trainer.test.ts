import { expect, test } from 'vitest';
import { createMlRandomForestTrainer } from '../../../adapters/forest/ml-random-forest-trainer.js';
import { InvalidInputError } from '../../../core/errors.js';
import { encodeRows } from '../../../core/features/encode-rows.js';
import { fitEncoder } from '../../../core/features/fit-encoder.js';
import { targetValues } from '../../../core/features/target-values.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import { regressionMetrics } from '../../../core/metrics/regression-metrics.js';
import { homePrices } from '../../../projects/home-prices/project.js';

const trainer = createMlRandomForestTrainer();
const control = { signal: new AbortController().signal, onProgress: () => undefined };
const options = { task: 'regression', trees: 30, maxDepth: 8, minSamplesLeaf: 2, randomState: 1 } as const;

// homes with nothing missing: the package cannot take missing values
const { rows } = homePrices.dataset.clean(homePrices.dataset.generate({ randomState: 2, rows: 1_500 }));
const homes = rows.filter((row) => Object.values(row).every((value) => value !== null)).slice(0, 600);
const [train, test_] = [homes.slice(0, 400), homes.slice(400)];
const specs = homePrices.features.filter(({ kind }) => kind !== 'ordinal');
const y = targetValues(train, 'price');
const encoder = fitEncoder(specs, train, y);
const [X, XTest] = [encodeRows(encoder, train), encodeRows(encoder, test_)];

test('the package and our own trainer are about as good on held-out rows of small data', async () => {
  const theirs = await trainer.fit(X, y, options, control);
  const ours = fitForest(X, y, options);
  const truth = targetValues(test_, 'price');
  const [a, b] = [theirs, ours].map((forest) => regressionMetrics(truth, predictBatch(forest, XTest)));
  expect(a!.r2).toBeGreaterThan(0.5);
  expect(Math.abs(a!.mae - b!.mae) / b!.mae).toBeLessThan(0.15);
});

test('the same seed gives the same forest', async () => {
  const [one, two] = [await trainer.fit(X, y, options, control), await trainer.fit(X, y, options, control)];
  expect(predictBatch(one, XTest)).toEqual(predictBatch(two, XTest));
});

test('too many rows and missing values are refused with what is allowed', async () => {
  const large = { data: new Float64Array(3_000), rows: 3_000, columns: 1 };
  await expect(trainer.fit(large, new Float64Array(3_000), options, control)).rejects.toThrow(InvalidInputError);
  await expect(trainer.fit(large, new Float64Array(3_000), options, control)).rejects.toThrow('at most 2000 are taken');
  const missing = { data: Float64Array.of(1, Number.NaN, 3), rows: 3, columns: 1 };
  await expect(trainer.fit(missing, Float64Array.of(1, 2, 3), options, control)).rejects.toThrow(
    'row 2, input 1 is NaN',
  );
});
