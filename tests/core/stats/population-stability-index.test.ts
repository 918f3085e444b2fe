import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { populationStabilityIndex } from '../../../core/stats/population-stability-index.js';
import { populationStabilityNull } from '../../../core/stats/population-stability-null.js';
import { createRandom } from '../../../core/stats/random.js';

test('agrees with the hand-computed value for 50/50 against 75/25', () => {
  // (0.75 − 0.5) ln 1.5 + (0.25 − 0.5) ln 0.5
  expect(populationStabilityIndex([50, 50], [75, 25], 0)).toBeCloseTo(0.25 * Math.log(3), 12);
});

test('is symmetric and never negative', () => {
  const counts = fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const psi = populationStabilityIndex(a, b);
      expect(psi).toBeGreaterThanOrEqual(0);
      expect(populationStabilityIndex(b, a)).toBeCloseTo(psi, 10);
    }),
  );
});

test('its null expectation is what unchanged deciles show on average', () => {
  const random = createRandom(3);
  const histogram = (n: number) => {
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < n; i++) counts[Math.floor(random() * 10)]!++;
    return counts;
  };
  const tries = 400;
  let sum = 0;
  for (let i = 0; i < tries; i++) sum += populationStabilityIndex(histogram(1000), histogram(500));
  // 9 (1/1000 + 1/500) = 0.027; the spread of a mean of 400 is 0.027 √(2/9) / 20 = 0.0006
  expect(populationStabilityNull(10, 1000, 500)).toBeCloseTo(0.027, 12);
  expect(Math.abs(sum / tries - 0.027)).toBeLessThan(0.0025);
});

test.each([
  [[], []],
  [[1], [1, 2]],
  [
    [1, -1],
    [1, 1],
  ],
])('refuses %j against %j', (a: number[], b: number[]) => {
  expect(() => populationStabilityIndex(a, b)).toThrow(InvalidInputError);
});
