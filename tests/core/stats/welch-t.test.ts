import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { momentsFromSums, sampleMoments } from '../../../core/stats/sample-moments.js';
import { welchT } from '../../../core/stats/welch-t.js';
import { expectNear, twoSampleVectors } from './vectors.js';

test.each(twoSampleVectors.cases)('$name agrees with scipy', ({ reference, current, welch }) => {
  const result = welchT(sampleMoments(reference), sampleMoments(current));
  expectNear(result.statistic, welch.statistic);
  expectNear(result.df, welch.df);
  expectNear(result.pValue, welch.pValue, 1e-7);
  expectNear(result.low, welch.low, 1e-7);
  expectNear(result.high, welch.high, 1e-7);
});

test('sums of ratings give the moments of the ratings', () => {
  const ratings = [5, 3, 4, 1, 5];
  const fromSums = momentsFromSums(5, 18, 76);
  expect(fromSums.mean).toBeCloseTo(3.6, 12);
  expectNear(fromSums.variance!, sampleMoments(ratings).variance!);
});

test('refuses what has no variance to compare with', () => {
  expect(() => welchT(sampleMoments([1]), sampleMoments([1, 2]))).toThrow(
    /at least two observations a side, got 1 and 2/,
  );
  expect(() => welchT(sampleMoments([3, 3]), sampleMoments([4, 4]))).toThrow(InvalidInputError);
  expect(() => sampleMoments([1, Number.NaN])).toThrow(InvalidInputError);
  expect(() => momentsFromSums(0, 0, 0)).toThrow(InvalidInputError);
});
