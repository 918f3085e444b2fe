import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChunkPlan, chunkBytes, createChunkPlanner, type TableFormat } from '../../../core/batch/plan-chunks.js';
import { chunkRows } from '../../../core/batch/predict-chunk.js';
import type { RowChecker } from '../../../core/batch/row-checker.js';

const checker: RowChecker = { columns: ['a', 'b'], needed: ['a'], check: () => ({}) };
const bytes = (text: string) => new TextEncoder().encode(text);

function plan(format: TableFormat, text: string, perChunk: number, window = 7): ChunkPlan {
  const planner = createChunkPlanner(format, perChunk);
  const all = bytes(text);
  for (let i = 0; i < all.length; i += window) planner.push(all.subarray(i, i + window));
  return planner.end();
}

/** What the chunks hold when each is read on its own. */
function read(text: string, made: ChunkPlan) {
  return made.chunks.map(({ start, end }) => {
    const source = chunkRows(made, checker);
    return [...source.push(new TextDecoder().decode(bytes(text).subarray(start, end))), ...source.end()];
  });
}

test('a CSV is cut at ends of rows, and each chunk knows its rows', () => {
  const text = 'a,b\n1,2\n3,4\n\n5,6\n';
  const made = plan('csv', text, 8);
  expect(made).toEqual({
    format: 'csv',
    header: 'a,b',
    rows: 3,
    chunks: [
      { start: 4, end: 12, firstRow: 1, rows: 2 },
      { start: 12, end: 17, firstRow: 3, rows: 1 },
    ],
  });
  expect(read(text, made)).toEqual([
    [
      ['1', '2'],
      ['3', '4'],
    ],
    [['5', '6']],
  ]);
});

test('a line end within quotes is no end of a row', () => {
  const text = 'a,b\r\n"x\r\ny",2\r\n"p""\n""q",4';
  const made = plan('csv', text, 1);
  expect(made.rows).toBe(2);
  expect(read(text, made).flat()).toEqual([
    ['x\r\ny', '2'],
    ['p"\n"q', '4'],
  ]);
});

test('NDJSON has no header, and quotes in it mean nothing to where it is cut', () => {
  const text = '{"a":1}\n  \n{"a":"\\""}\nnot json';
  const made = plan('ndjson', text, 1);
  expect(made).toMatchObject({ header: null, rows: 3 });
  expect(read(text, made).flat()).toEqual([[1, undefined], ['"', undefined], expect.stringMatching(/^not JSON/)]);
});

test('whatever the table, the window and the size of a chunk: the chunks hold what the whole holds, in order', () => {
  const field = fc.string({ unit: fc.constantFrom('x', '1', ' ', '"', ',', '\n', '\r', 'é', '€'), maxLength: 6 });
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom('\n', '\r\n', '\n\n'),
      (rows, perChunk, window, end) => {
        const text = ['a,b', ...rows.map((row) => row.map(quoted).join(','))].join(end);
        const made = plan('csv', text, perChunk, window);
        const chunks = read(text, made);
        expect(chunks.flat()).toEqual(rows);
        expect(made.chunks.map(({ firstRow }) => firstRow)).toEqual(
          chunks.map((_, i) => 1 + chunks.slice(0, i).flat().length),
        );
        expect(made.chunks.map((chunk) => chunk.rows)).toEqual(chunks.map((chunk) => chunk.length));
      },
    ),
  );
});

test.each([
  ['nothing', 'csv', '', /no rows/],
  ['a header alone', 'csv', 'a,b\n', /no rows/],
  ['white space', 'ndjson', ' \n\n ', /no rows/],
  ['a quote that is never closed', 'csv', `a,b\n1,"${'x\n'.repeat(600_000)}`, /row 1 .*quote is never closed/],
  ['a line without end', 'ndjson', 'x'.repeat(1_100_000), /row 1 has more than 1000000 bytes/],
] as const)('%s is refused', (_what, format, text, message) => {
  expect(() => plan(format, text, 1000, 100_000)).toThrow(message);
});

test('a file of nothing but quotes is looked through once, not once for each', () => {
  // 4 MB take milliseconds; a search from each quote to the end of the piece would take an hour
  expect(() => plan('csv', `a,b\n${'"'.repeat(4_000_000)}`, 1000, 4_000_100)).toThrow(/row 1 has more than/);
});

test('a table has at most a thousand chunks, of at least 2 MiB', () => {
  expect(chunkBytes(10)).toBe(2 * 1024 * 1024);
  expect(Math.ceil(50e9 / chunkBytes(50e9))).toBe(1000);
});
