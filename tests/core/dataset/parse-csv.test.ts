import { expect, test } from 'vitest';
import { decodeText } from '../../../core/dataset/decode-text.js';
import { MAX_ROW_LENGTH, parseCsv } from '../../../core/dataset/parse-csv.js';
import { DatasetInvalidError } from '../../../core/errors.js';

const columns = ['place', 'price'] as const;
const refusal = (text: string) => {
  try {
    parseCsv(text, columns);
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetInvalidError);
    return (error as Error).message;
  }
  throw new Error('the text was accepted');
};

test('reads quoted commas, quotes, CRLF, a byte order mark and columns in any order', () => {
  const table = parseCsv('\uFEFFprice,place\r\n12,"Hoodi, ""new"""\r\n\r\n8, Begur\r\n', columns);
  expect(table.records).toEqual([
    { place: 'Hoodi, "new"', price: '12' },
    { place: ' Begur', price: '8' },
  ]);
});

test('reads over columns it was not asked for and names them', () => {
  const table = parseCsv('place,agent,price\nHoodi,Ravi,12\n', columns);
  expect([table.records, table.unexpected]).toEqual([[{ place: 'Hoodi', price: '12' }], ['agent']]);
});

test.each(['', '  \n\n', '\uFEFF'])('refuses an empty file (%j)', (text) => {
  expect(refusal(text)).toBe('the file is empty');
});

test('refuses a file with a header and nothing below it', () => {
  expect(refusal('place,price\n')).toBe('the file has a header and no rows');
});

test('names the missing and the unexpected columns', () => {
  expect(refusal('place,cost\nHoodi,3\n')).toBe(
    'row 1: wrong columns, missing: "price"; unexpected: "cost"; expected: place, price',
  );
});

test('refuses a column that appears twice', () => {
  expect(refusal('place,price,place\na,1,b\n')).toBe('row 1: the column "place" appears twice');
});

test('names the row that has too many or too few cells', () => {
  expect(refusal('place,price\nHoodi,3\nBegur,4,5\n')).toMatch(/^row 3: /);
  expect(refusal('place,price\nHoodi,3\nBegur,4\nHebbal\n')).toMatch(/^row 4: /);
});

test('names the row of 10 MB', () => {
  const text = `place,price\nHoodi,3\n${'x'.repeat(10_000_000)},4\n`;
  expect(refusal(text)).toBe(`row 3: longer than ${MAX_ROW_LENGTH} characters`);
});

test('names the row in which a quotation mark is never closed', () => {
  expect(refusal('place,price\nHoodi,3\n"Begur,4\nHebbal,5\n')).toBe(
    'row 3: a quotation mark is opened and never closed',
  );
});

test('refuses binary content, as bytes and as text', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d);
  expect(() => decodeText(png)).toThrow(DatasetInvalidError);
  expect(refusal(new TextDecoder().decode(png))).toMatch(/not CSV text/);
});

test('decodes UTF-8 and UTF-16 with its mark', () => {
  const utf16 = Uint8Array.of(0xff, 0xfe, ...[...'a₹'].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
  expect([decodeText(new TextEncoder().encode('a₹')), decodeText(utf16)]).toEqual(['a₹', 'a₹']);
});
