import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { chiSquareFit } from '../../../core/stats/chi-square-fit.js';
import { countVectors, expectNear } from './vectors.js';

test.each(countVectors.fits)('$observed against $weights agrees with scipy', ({ observed, weights, ...expected }) => {
  const result = chiSquareFit(observed, weights);
  expectNear(result.statistic, expected.statistic);
  expectNear(result.pValue, expected.pValue, 1e-8);
  expect(result.df).toBe(expected.df);
});

test.each([
  [[1], [1]],
  [[1, 2], [1]],
  [
    [0, 0],
    [1, 1],
  ],
  [
    [-1, 2],
    [1, 1],
  ],
  [
    [1, 2],
    [1, 0],
  ],
  [
    [1, Number.NaN],
    [1, 1],
  ],
])('refuses counts %j with weights %j', (observed, weights) => {
  expect(() => chiSquareFit(observed, weights)).toThrow(InvalidInputError);
});
