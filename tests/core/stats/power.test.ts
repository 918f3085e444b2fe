import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { detectableDifference, powerForMeans, sampleSizeForMeans } from '../../../core/stats/power-means.js';
import { powerForProportions, sampleSizeForProportions } from '../../../core/stats/power-proportions.js';
import { expectNear, readVectors } from './vectors.js';

interface Means {
  effect: number;
  standardDeviation: number;
  ratio: number;
  alpha: number;
  power: number;
  twoSided: boolean;
  observations: number;
  powerAt50: number;
}
interface Proportions {
  effect: number;
  baseline: number;
  ratio: number;
  alpha: number;
  power: number;
  twoSided: boolean;
  trials: number;
  powerAt300: number;
}
const vectors = readVectors<{ means: Means[]; proportions: Proportions[] }>('stats-power');

test.each(vectors.means)('means, effect $effect at power $power: agrees with statsmodels', (vector) => {
  // its root finder also counts the far tail of a two-sided test, which is below 1e-4 here
  expectNear(sampleSizeForMeans(vector.effect, vector.power, vector), vector.observations, 1e-4);
  expectNear(powerForMeans(vector.effect, 50, vector), vector.powerAt50, 1e-9);
});

test.each(vectors.proportions)('proportions, effect $effect from $baseline: agrees with statsmodels', (vector) => {
  expectNear(sampleSizeForProportions(vector.effect, vector.power, vector), vector.trials, 1e-9);
  expectNear(powerForProportions(vector.effect, 300, vector), vector.powerAt300, 1e-9);
});

test('the detectable difference is the one whose sample size one has', () => {
  const design = { standardDeviation: 1.1, ratio: 4 };
  expectNear(sampleSizeForMeans(detectableDifference(120, 0.8, design), 0.8, design), 120, 1e-9);
});

test.each([
  () => sampleSizeForMeans(0, 0.8, { standardDeviation: 1 }),
  () => sampleSizeForMeans(1, 1, { standardDeviation: 1 }),
  () => sampleSizeForMeans(1, 0.8, { standardDeviation: 0 }),
  () => detectableDifference(0, 0.8, { standardDeviation: 1 }),
  () => powerForMeans(1, 0, { standardDeviation: 1 }),
  () => sampleSizeForProportions(0.5, 0.8, { baseline: 0.6 }),
  () => powerForProportions(0.1, 0, { baseline: 0.6 }),
])('refuses what cannot be planned: %s', (plan) => {
  expect(plan).toThrow(InvalidInputError);
});
