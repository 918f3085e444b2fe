import { expect, test } from 'vitest';
import { chiSquareTail } from '../../../core/stats/chi-square-tail.js';
import { countVectors, expectNear } from './vectors.js';

test.each(countVectors.tails)('P(χ² ≥ %d) with %d degrees of freedom agrees with scipy', (statistic, df, expected) => {
  expectNear(chiSquareTail(statistic, df), expected, 1e-10);
});

test('nothing observed beyond expectation is no evidence', () => {
  expect(chiSquareTail(0, 3)).toBe(1);
});
