import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { groupSample } from '../../../core/stats/grouped-sample.js';
import { hodgesLehmann } from '../../../core/stats/hodges-lehmann.js';
import { nthDifference } from '../../../core/stats/nth-difference.js';
import { createRandom } from '../../../core/stats/random.js';
import { expectNear, twoSampleVectors } from './vectors.js';

test.each(twoSampleVectors.cases)('the shift of $name is numpy’s median of all differences', (vector) => {
  const { shift, low, high } = hodgesLehmann(groupSample(vector.reference), groupSample(vector.current));
  expectNear(shift, vector.mannWhitney.shift, 1e-12);
  expect(low).toBeLessThanOrEqual(shift);
  expect(high).toBeGreaterThanOrEqual(shift);
});

test('every rank of difference is the one that sorting all of them gives', () => {
  const sample = fc.array(
    fc.integer({ min: -50, max: 50 }).map((n) => n / 8),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const all = x.flatMap((a) => y.map((b) => b - a)).sort((a, b) => a - b);
      const [reference, current] = [groupSample(x), groupSample(y)];
      expect(all.map((_, rank) => nthDifference(reference, current, rank))).toEqual(all);
    }),
  );
});

test('its 95 % interval holds the true shift in about 95 % of samples', () => {
  const random = createRandom(21);
  const skewed = (n: number, shift: number) => Array.from({ length: n }, () => shift - Math.log(1 - random()));
  let held = 0;
  for (let i = 0; i < 600; i++) {
    const { low, high } = hodgesLehmann(groupSample(skewed(25, 0)), groupSample(skewed(20, 0.7)));
    if (low <= 0.7 && 0.7 <= high) held++;
  }
  // 570 ± 3 standard deviations of 5.3
  expect(held).toBeGreaterThan(553);
  expect(held).toBeLessThan(590);
});

test('refuses a confidence of 1', () => {
  expect(() => hodgesLehmann(groupSample([1]), groupSample([2]), 1)).toThrow(InvalidInputError);
});
