import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planShards } from '../../../core/training/plan-shards.js';

test('a forest of the size of the home prices is grown by one worker, one of half a million rows by many', () => {
  expect(planShards({ algorithm: 'forest', rows: 12_000, trees: 100 })).toEqual([]);
  expect(planShards({ algorithm: 'forest', rows: 500_000, trees: 100 })).toHaveLength(10);
});

test('the trees of boosting follow on one another and are never shared out', () => {
  expect(planShards({ algorithm: 'boosting', rows: 1e9, trees: 1_000 })).toEqual([]);
});

test('the parts follow on one another, hold every tree once and differ by one tree at most', () => {
  const sizes = fc.record({ rows: fc.integer({ min: 1, max: 1e9 }), trees: fc.integer({ min: 1, max: 5_000 }) });
  fc.assert(
    fc.property(sizes, ({ rows, trees }) => {
      const ranges = planShards({ algorithm: 'forest', rows, trees });
      if (ranges.length === 0) return;
      expect(ranges[0]!.from).toBe(0);
      expect(ranges.at(-1)!.to).toBe(trees);
      for (let i = 1; i < ranges.length; i++) expect(ranges[i]!.from).toBe(ranges[i - 1]!.to);
      const counts = ranges.map(({ from, to }) => to - from);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      expect(ranges.length).toBeLessThanOrEqual(32);
    }),
  );
});
