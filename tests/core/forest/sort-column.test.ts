import { expect, test } from 'vitest';
import { RandomStream } from '../../../core/forest/random.js';
import { sortColumn } from '../../../core/forest/sort-column.js';

const random = new RandomStream(8);
const spread: Record<string, (i: number) => number> = {
  'evenly spread': () => random.uniform() * 200 - 100,
  'heaped up beside one far value': (i) => (i === 7 ? 1e12 : random.uniform()),
  'a few whole numbers': () => random.below(5),
  'one value': () => 3.5,
  'with missing values': () => (random.uniform() < 0.3 ? Number.NaN : random.uniform()),
  'nothing but missing values': () => Number.NaN,
  'a range that no number holds': (i) => (i % 2 === 0 ? -1.7e308 : 1.7e308) * random.uniform(),
  'ascending already': (i) => i,
  'with infinities': (i) => [Number.POSITIVE_INFINITY, random.uniform(), Number.NEGATIVE_INFINITY][i % 3]!,
};

test.each(Object.entries(spread))('sorts as the platform does: %s', (_, numberAt) => {
  for (const length of [0, 1, 2, 50, 5000]) {
    for (const Shape of [Float64Array, Float32Array]) {
      const column = new Shape(length).map((_zero: number, i: number) => numberAt(i));
      const expected = Float64Array.from(column.filter((value) => !Number.isNaN(value))).sort();
      const before = column.slice();
      const out = new Float64Array(length);
      const known = sortColumn(column, out);
      expect(out.subarray(0, known)).toEqual(expected);
      expect(column).toEqual(before);
    }
  }
});
