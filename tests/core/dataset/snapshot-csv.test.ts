import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSnapshotCsv, toSnapshotCsv } from '../../../core/dataset/snapshot-csv.js';
import { DatasetInvalidError, InvalidInputError } from '../../../core/errors.js';

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(null, '', '12', 'a,b', 'say "x"', 'two\nlines', '\r', '\uFEFF', ' '),
);
const row = fc.record({ 'total, sqft': value, location: value, '"x"': value });

test('what is written reads back exactly: numbers, text that looks like a number, empty text, missing', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      const text = toSnapshotCsv(rows, ['total, sqft', 'location', '"x"']);
      // a record made by fast-check has no prototype
      expect(fromSnapshotCsv(text)).toEqual(rows.map((r) => ({ ...r })));
    }),
    { numRuns: 300 },
  );
});

test('keeps the columns asked for, in their order', () => {
  expect(toSnapshotCsv([{ a: 1, b: 'x', c: null }], ['c', 'b', 'a'])).toBe('"c","b","a"\n,"x",1\n');
});

test('refuses a number that is not finite and a row without the column', () => {
  expect(() => toSnapshotCsv([{ a: Number.NaN }], ['a'])).toThrow(InvalidInputError);
  expect(() => toSnapshotCsv([{ a: 1 }], ['b'])).toThrow("a row has no column 'b'");
});

test('says where a text is not a snapshot', () => {
  expect(() => fromSnapshotCsv('"a"\nhello\n')).toThrow(DatasetInvalidError);
  expect(() => fromSnapshotCsv('"a"\n1\n2,3\n')).toThrow(DatasetInvalidError);
});
