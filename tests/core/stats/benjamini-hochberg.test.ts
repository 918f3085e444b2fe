import { expect, test } from 'vitest';
import { benjaminiHochberg } from '../../../core/stats/benjamini-hochberg.js';
import { countVectors, expectNear } from './vectors.js';

test.each(countVectors.benjaminiHochberg)('$pValues agree with statsmodels', ({ pValues, adjusted }) => {
  benjaminiHochberg(pValues).forEach((p, i) => {
    expectNear(p, adjusted[i]!);
  });
});

test('nothing to adjust is an empty answer, and the input stays as it was', () => {
  const pValues = [0.04, 0.01];
  benjaminiHochberg(pValues);
  expect([benjaminiHochberg([]), pValues]).toEqual([[], [0.04, 0.01]]);
});
