import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { jensenShannonDistance } from '../../../core/stats/jensen-shannon-distance.js';
import { expectNear, twoSampleVectors } from './vectors.js';

test.each(twoSampleVectors.histograms)('$reference and $current agree with scipy', (histogram) => {
  const distance = jensenShannonDistance(histogram.reference, histogram.current);
  if (histogram.jensenShannon < 1e-7) expect(distance).toBeLessThan(1e-7);
  else expectNear(distance, histogram.jensenShannon);
});

test('distributions with nothing in common are √ln 2 apart', () => {
  expect(jensenShannonDistance([7, 0], [0, 3])).toBeCloseTo(Math.sqrt(Math.LN2), 12);
});

test.each([
  [[], []],
  [[1], [1, 2]],
  [
    [0, 0],
    [1, 1],
  ],
  [
    [-1, 2],
    [1, 1],
  ],
])('refuses %j against %j', (reference: number[], current: number[]) => {
  expect(() => jensenShannonDistance(reference, current)).toThrow(InvalidInputError);
});
