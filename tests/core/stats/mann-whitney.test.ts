import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { groupCounts, groupSample } from '../../../core/stats/grouped-sample.js';
import { mannWhitney } from '../../../core/stats/mann-whitney.js';
import { expectNear, twoSampleVectors } from './vectors.js';

test.each(twoSampleVectors.cases)('$name agrees with scipy', ({ reference, current, mannWhitney: expected }) => {
  const result = mannWhitney(groupSample(reference), groupSample(current));
  expect([result.statistic, result.method]).toEqual([expected.statistic, expected.method]);
  expectNear(result.pValue, expected.pValue, 1e-8);
  expect(result.effectSize).toBeCloseTo(expected.statistic / (reference.length * current.length), 12);
});

test('a histogram of ratings is the ratings', () => {
  const ratings = twoSampleVectors.cases.find((c) => c.name === 'ratings 400 and 100')!;
  const histogram = (sample: number[]) =>
    groupCounts(
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5].map((value) => sample.filter((rating) => rating === value).length),
    );
  expect(mannWhitney(histogram(ratings.reference), histogram(ratings.current))).toEqual(
    mannWhitney(groupSample(ratings.reference), groupSample(ratings.current)),
  );
});

test('when everybody gives the same rating nothing tends to be larger', () => {
  const fours = groupCounts([4], [30]);
  expect(mannWhitney(fours, fours)).toMatchObject({ pValue: 1, effectSize: 0.5 });
});

test('refuses samples with nothing in them', () => {
  expect(() => groupSample([])).toThrow(InvalidInputError);
  expect(() => groupCounts([1, 2], [0, 0])).toThrow(InvalidInputError);
});
