import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitRows } from '../../../core/dataset/split-rows.js';
import { InvalidInputError } from '../../../core/errors.js';

const rows = Array.from({ length: 5_000 }, (_, i) => ({ id: i, place: `p${i % 7}` }));

test('holds out the share asked for, within sampling error', () => {
  for (const ratio of [0.1, 0.2, 0.5]) {
    const { train, test: heldOut } = splitRows(rows, ratio, 42);
    expect(train.length + heldOut.length).toBe(rows.length);
    // four standard errors of a binomial share
    expect(Math.abs(heldOut.length / rows.length - ratio)).toBeLessThan(
      4 * Math.sqrt((ratio * (1 - ratio)) / rows.length),
    );
  }
});

test('a row keeps its side whatever stands beside it and in whatever order', () => {
  const before = new Set(splitRows(rows, 0.2, 7).test.map((row) => row.id));
  const more = [...rows, ...rows.map((row) => ({ ...row, id: row.id + 10_000 }))].reverse();
  const after = splitRows(more, 0.2, 7).test.map((row) => row.id);
  expect(new Set(after.filter((id) => id < 10_000))).toEqual(before);
});

test('another seed deals the rows anew', () => {
  const a = new Set(splitRows(rows, 0.5, 1).test.map((row) => row.id));
  const both = splitRows(rows, 0.5, 2).test.filter((row) => a.has(row.id)).length;
  expect(Math.abs(both - 1_250)).toBeLessThan(150);
});

test('equal rows never straddle the sides, whatever the order of their columns', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.integer({ min: 0 }), (a, b, seed) => {
      const twins = [
        { a, b },
        { b, a },
      ];
      // with all rows on one side the split says so
      expect(() => splitRows(twins, 0.5, seed)).toThrow(InvalidInputError);
    }),
  );
});

test.each([0, 1, -0.1, Number.NaN])('refuses a ratio of %s', (ratio) => {
  expect(() => splitRows(rows, ratio, 1)).toThrow(`testRatio must lie in (0, 1), got ${ratio}`);
});
