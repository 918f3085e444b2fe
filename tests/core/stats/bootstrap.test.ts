import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { bootstrapInterval, quantileOf } from '../../../core/stats/bootstrap.js';
import { pairedBootstrap } from '../../../core/stats/paired-bootstrap.js';
import { createRandom } from '../../../core/stats/random.js';
import { readVectors } from './vectors.js';

const { bootstrap } = readVectors<{
  bootstrap: { sample: number[]; intervals: { statistic: 'mean' | 'median'; low: number; high: number }[] };
}>('stats-power');
const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
const statistics = { mean, median: (values: Float64Array) => quantileOf(Float64Array.from(values).sort(), 0.5) };

test.each(bootstrap.intervals)('the interval of the $statistic is scipy’s percentile interval', (expected) => {
  const options = { random: createRandom(1), replicates: 20_000 };
  const { low, high } = bootstrapInterval(bootstrap.sample, statistics[expected.statistic], options);
  // the noise of 20,000 resamples in the 2.5 % quantile is about 1 % of the width
  const width = expected.high - expected.low;
  expect(Math.abs(low - expected.low)).toBeLessThan(0.04 * width);
  expect(Math.abs(high - expected.high)).toBeLessThan(0.04 * width);
});

test('the same seed gives the same interval', () => {
  const once = () => bootstrapInterval([1, 5, 2, 8], mean, { random: createRandom(3), replicates: 100 });
  expect(once()).toEqual(once());
});

test('paired differences away from zero are told from those around it', () => {
  const random = createRandom(5);
  const noise = Array.from({ length: 200 }, () => random() - 0.5);
  const around = pairedBootstrap(noise, { random });
  const away = pairedBootstrap(
    noise.map((d) => d + 0.2),
    { random },
  );
  expect([around.low < 0, around.high > 0]).toEqual([true, true]);
  expect(away.low).toBeGreaterThan(0);
  expect(away.shareAboveZero).toBeGreaterThan(0.99);
  expect(around.shareAboveZero).toBeGreaterThan(0.02);
});

test('two models that err alike on every row are even', () => {
  expect(pairedBootstrap([0, 0, 0], { random: createRandom(1) })).toEqual({
    estimate: 0,
    low: 0,
    high: 0,
    shareAboveZero: 0.5,
  });
});

test.each([
  [[], {}],
  [[1, 2], { replicates: 0 }],
  [[1, 2], { confidence: 1 }],
])('refuses the sample %j with %j', (sample: number[], options) => {
  expect(() => bootstrapInterval(sample, mean, { random: createRandom(1), ...options })).toThrow(InvalidInputError);
});
