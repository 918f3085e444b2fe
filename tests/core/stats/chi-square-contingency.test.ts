import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { chiSquareContingency } from '../../../core/stats/chi-square-contingency.js';
import { countVectors, expectNear } from './vectors.js';

test.each(countVectors.tables)('$table agrees with scipy without correction', ({ table, ...expected }) => {
  const result = chiSquareContingency(table);
  expectNear(result.statistic, expected.statistic);
  expectNear(result.pValue, expected.pValue, 1e-8);
  expect(result.df).toBe(expected.df);
  result.expected.forEach((cell, i) => {
    expectNear(cell, expected.expected[i]!);
  });
});

test('a rating nobody gave changes nothing', () => {
  const without = chiSquareContingency([
    [10, 20],
    [20, 10],
  ]);
  const withEmpty = chiSquareContingency([
    [10, 0, 20],
    [20, 0, 10],
  ]);
  expect(withEmpty).toEqual(without);
});

test('one row left says nothing', () => {
  expect(
    chiSquareContingency([
      [5, 6],
      [0, 0],
    ]),
  ).toMatchObject({ df: 0, pValue: 1 });
});

test.each([[[]], [[[1, 2], [1]]], [[[1, -2]]]])('refuses the table %j', (table: number[][]) => {
  expect(() => chiSquareContingency(table)).toThrow(InvalidInputError);
});
