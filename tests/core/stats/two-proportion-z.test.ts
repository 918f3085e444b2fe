import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { twoProportionZ } from '../../../core/stats/two-proportion-z.js';
import { countVectors, expectNear } from './vectors.js';

const proportion = ([successes, trials]: [number, number]) => ({ successes, trials });

test.each(countVectors.proportions)('$reference against $current agrees with statsmodels', (vector) => {
  const result = twoProportionZ(proportion(vector.reference), proportion(vector.current));
  expectNear(result.statistic, vector.statistic);
  expectNear(result.pValue, vector.pValue, 1e-8);
});

test('nobody on either side is no difference', () => {
  expect(twoProportionZ(proportion([0, 10]), proportion([0, 20]))).toEqual({ statistic: 0, pValue: 1 });
});

test.each([
  [5, 0],
  [6, 5],
  [-1, 5],
] as [number, number][])('refuses %d of %d', (successes, trials) => {
  expect(() => twoProportionZ(proportion([1, 2]), proportion([successes, trials]))).toThrow(InvalidInputError);
});
