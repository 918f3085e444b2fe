import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { wassersteinDistance } from '../../../core/stats/wasserstein-distance.js';
import { expectNear, twoSampleVectors } from './vectors.js';

test.each(twoSampleVectors.cases)('$name agrees with scipy', ({ reference, current, wasserstein }) => {
  expectNear(wassersteinDistance(reference, current), wasserstein);
});

test('a shift by 3 is a distance of 3, and a sample is at no distance from itself', () => {
  const sample = [4, 1, 1, 9];
  expect(
    wassersteinDistance(
      sample,
      sample.map((x) => x + 3),
    ),
  ).toBeCloseTo(3, 12);
  expect(wassersteinDistance(sample, [9, 4, 1, 1])).toBe(0);
});

test('refuses an empty sample', () => {
  expect(() => wassersteinDistance([], [1])).toThrow(InvalidInputError);
});
