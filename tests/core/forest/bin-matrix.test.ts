import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binEdges, findBin } from '../../../core/forest/bin-edges.js';
import { createBinFinder } from '../../../core/forest/bin-finder.js';
import { binMatrix } from '../../../core/forest/bin-matrix.js';
import { RandomStream } from '../../../core/forest/random.js';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });

test('a value lies above the edge before its bin and not above its own', () => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 2, max: 40 }),
      (values, maxBins) => {
        const { edges, bins } = binMatrix(
          { data: Float64Array.from(values), rows: values.length, columns: 1 },
          maxBins,
        );
        expect(edges.length).toBeLessThan(maxBins);
        values.forEach((value, r) => {
          const bin = bins[r * 4]!;
          if (bin > 0) expect(value).toBeGreaterThan(edges[bin - 1]!);
          if (bin < edges.length) expect(value).toBeLessThanOrEqual(edges[bin]!);
        });
      },
    ),
  );
});

test('the bin finder agrees with the plain search, for tiny, huge and lopsided ranges', () => {
  fc.assert(
    fc.property(fc.uniqueArray(number, { minLength: 2, maxLength: 200 }), (values) => {
      const sorted = Float64Array.from(values).sort();
      const edges = binEdges(sorted, 64);
      const find = createBinFinder(edges, sorted[0]!, sorted.at(-1)!);
      for (const value of sorted) expect(find(value)).toBe(findBin(edges, 0, edges.length, value));
    }),
  );
});

test('many values are cut into bins of equal counts', () => {
  const random = new RandomStream(1);
  const data = Float64Array.from({ length: 25_600 }, () => random.uniform() ** 4);
  const { bins } = binMatrix({ data, rows: 25_600, columns: 1 }, 256);
  const counts = new Uint32Array(256);
  for (let r = 0; r < 25_600; r++) counts[bins[r * 4]!]! += 1;
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(98);
  expect(Math.max(...counts)).toBeLessThanOrEqual(102);
});

test('a value that many rows share gets a bin of its own and does not crowd out the others', () => {
  const data = Float64Array.from({ length: 3000 }, (_, r) => (r < 2000 ? 7 : (r - 2000) / 100));
  const { edges, bins } = binMatrix({ data, rows: 3000, columns: 1 }, 16);
  const shared = bins[0]!;
  expect(data.filter((_, r) => bins[r * 4] === shared).every((value) => Math.abs(value - 7) < 0.6)).toBe(true);
  expect(edges.length).toBeGreaterThan(12);
});
