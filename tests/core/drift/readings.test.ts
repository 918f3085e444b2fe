import fc from 'fast-check';
import { expect, test } from 'vitest';
import { driftPercentage } from '../../../core/drift/drift-percentage.js';
import { mergeCategories } from '../../../core/drift/merge-categories.js';
import { modelDriftScore } from '../../../core/drift/model-drift-score.js';
import { momentsOf } from '../../../core/drift/moments.js';

const moments = (mean: number, std: number) => ({ n: 10, mean, std });

test.each([
  [50, 60, 20],
  [50, 40, 20],
  [-50, -71.3, 42.6],
  [0, 0, 0],
])('a mean that goes from %s to %s has drifted by %s percent', (before, now, percentage) => {
  expect(driftPercentage(before, now)).toBeCloseTo(percentage, 10);
});

test('a reference mean of 0 has no percentages', () => {
  expect(driftPercentage(0, 3)).toBeNull();
});

// (|12 − 10|/4 + |5 − 4|/4)/2 = 0.375; (0 + |1 − 2|/2)/2 = 0.25; their mean 0.3125
test('the score is the mean over the features of the mean of both moves', () => {
  const score = modelDriftScore([
    [moments(10, 4), moments(12, 5)],
    [moments(3, 2), moments(3, 1)],
  ]);
  expect(score).toBeCloseTo(0.3125, 12);
});

test('the score is 0 for the same moments and never leaves 0..1', () => {
  const any = fc.record({
    n: fc.constant(5),
    mean: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    std: fc.double({ min: 0, max: 1e6, noNaN: true }),
  });
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(modelDriftScore([[a, a]])).toBe(0);
      const score = modelDriftScore([[a, b]]);
      expect(score >= 0 && score <= 1).toBe(true);
    }),
  );
});

test('any move away from a constant reference is the whole score', () => {
  expect(modelDriftScore([[moments(5, 0), moments(6, 1)]])).toBe(1);
});

// variance of 2, 4, 4, 4, 5, 5, 7, 9 is 32/7
test('one pass gives the mean and the sample standard deviation', () => {
  expect(momentsOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ n: 8, mean: 5, std: expect.closeTo(Math.sqrt(32 / 7), 12) });
  expect([momentsOf([]), momentsOf([3])]).toEqual([
    { n: 0, mean: 0, std: 0 },
    { n: 1, mean: 3, std: 0 },
  ]);
});

test('categories under 1 % and those that would be expected fewer than 5 times are merged', () => {
  // of 1,000 before, 100 now: 4.5 % would be expected 4.5 times, 5.5 % 5.5 times
  expect(mergeCategories([890, 55, 45, 10], [70, 10, 15, 3], 2)).toEqual({
    reference: [890, 55, 55],
    current: [70, 10, 20],
  });
  // with 100,000 now, what is under 1 % of the reference is merged all the same
  expect(mergeCategories([900, 82, 9, 9], [90_000, 8_200, 900, 900], 0)).toEqual({
    reference: [900, 82, 18],
    current: [90_000, 8_200, 1_800],
  });
  // what is left over is itself too small: it takes the next one in
  expect(mergeCategories([900, 90, 10], [80, 15, 5], 0)).toEqual({ reference: [900, 100], current: [80, 20] });
});

test('merging keeps every count', () => {
  const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.nat(1000)), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(counts, fc.nat(50), (pairs, unseen) => {
      const sorted = pairs.toSorted((a, b) => b[0] - a[0]);
      const merged = mergeCategories(
        sorted.map((p) => p[0]),
        sorted.map((p) => p[1]),
        unseen,
      );
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      expect(merged.reference.length).toBe(merged.current.length);
      expect(sum(merged.reference)).toBe(sum(sorted.map((p) => p[0])));
      expect(sum(merged.current)).toBe(sum(sorted.map((p) => p[1])) + unseen);
    }),
  );
});
