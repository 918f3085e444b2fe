import { expect, test } from 'vitest';
import { InvalidInputError } from '../../core/errors.js';
import { parseInput } from '../../core/features/parse-input.js';
import { defineTabularProject } from '../../projects/tabular/define-tabular-project.js';
import { isMissing, readDate, readNumber } from '../../projects/tabular/read-cell.js';

const project = defineTabularProject({
  name: 'shops',
  prefix: 'shops',
  title: 'Shops',
  columns: [
    { name: 'area', header: 'Area (m²)', kind: 'number', min: 0, max: 500 },
    { name: 'floors', kind: 'number', min: 1, max: 5, integer: true, optional: true },
    { name: 'kind', kind: 'category', categories: ['Bakery', 'Book shop'] },
    { name: 'town', kind: 'text', optional: true },
    { name: 'opened', kind: 'date' },
  ],
  target: { name: 'open', header: '__proto__', kind: 'class', classes: ['no', 'yes'] },
  training: { algorithm: 'forest', hyperparameters: { trees: 10 }, testRatio: 0.2, minRows: 1 },
  gates: { metrics: {}, maxLossIncrease: 0.1 },
});

test.each([
  ['1,234.5', 1234.5],
  ['  -3 ', -3],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1,23', undefined],
  ['12 m', undefined],
  ['0x10', undefined],
  ['Infinity', undefined],
])('the cell %o is the number %s', (cell, value) => {
  expect(readNumber(cell)).toBe(value);
});

test.each([
  ['1970-01-02', 1],
  ['2024/02/29', 19_782], // date -d 2024-02-29 +%s / 86400
  ['2024-02-29T10:00:00Z', 19_782],
  ['2023-02-29', undefined],
  ['29.02.2024', undefined],
])('the cell %o is day %s', (cell, day) => {
  expect(readDate(cell)).toBe(day);
});

test('what tools write for "not known" is missing, a word that says something is not', () => {
  expect(['', ' ', 'NA', 'n/a', 'NaN', 'NULL', '?', '-'].every(isMissing)).toBe(true);
  expect(['0', 'no', 'unknown'].some(isMissing)).toBe(false);
});

test('a file is cleaned by its columns, and the report adds up', () => {
  const csv = `extra,Area (m²),floors,kind,town,opened,__proto__
1,100,2,bakery,Ulm,2020-01-01,yes
2,"1,0",2,Bakery,Ulm,2020-01-01,no
3,50,many,book  shop,,2020-01-01,NO
4,50,2,Kiosk,Ulm,2020-01-01,no
5,50,2,Bakery,Ulm,2020-01-01,perhaps
6,501,2,Bakery,Ulm,2020-01-01,no
`;
  const { rows, profile } = project.dataset.clean(csv);
  expect(rows).toEqual([
    { area: 100, floors: 2, kind: 'Bakery', town: 'Ulm', opened: 18_262, open: 'yes', source: 'raw' },
    { area: 50, floors: null, kind: 'Book shop', town: null, opened: 18_262, open: 'no', source: 'raw' },
  ]);
  expect(profile).toMatchObject({ rawRows: 6, rows: 2, ignoredColumns: ['extra'] });
  const removed = Object.fromEntries(profile.cleaning.map((step) => [step.rule, step.removed]));
  expect(removed).toMatchObject({ target_unusable: 1, missing_area: 2, missing_kind: 1 });
  expect(profile.cleaning.find(({ rule }) => rule === 'unreadable_to_missing')?.changed).toBe(1);
});

test('rows from feedback are learned from beside those of the file', () => {
  const told = { area: 1, floors: 1, kind: 'Bakery', town: null, opened: 1, open: 'yes', source: 'feedback' };
  const csv = 'Area (m²),floors,kind,town,opened,__proto__\n100,2,Bakery,Ulm,2020-01-01,yes\n';
  expect(project.dataset.clean(csv, [told]).rows[1]).toEqual(told);
});

test.each([
  ['another header', 'a,b\n1,2\n', 'wrong columns, missing: "Area (m²)", "floors"'],
  [
    'no usable row',
    'Area (m²),floors,kind,town,opened,__proto__\nx,2,Bakery,Ulm,2020-01-01,yes\n',
    'no row is left of 1 after cleaning: missing_area 1',
  ],
  ['nothing', '', 'the file is empty'],
])('a file with %s is refused', (_, csv, message) => {
  expect(() => project.dataset.clean(csv)).toThrow(message);
});

test('requests are JSON values or form text; what is optional may be missing', () => {
  const row = { area: 20, floors: null, kind: 'Book shop', town: null, opened: 18_262 };
  expect(parseInput(project.input, { area: '20', kind: 'BOOK SHOP', opened: '2020-01-01' })).toEqual(row);
  expect(
    parseInput(project.input, { area: 20, kind: 'Book shop', opened: '2020-01-01', floors: '', town: ' ' }),
  ).toEqual(row);
});

test.each([
  [{ area: 501 }, 'area must be a number from 0 to 500, got 501'],
  [{ area: null }, 'area is missing: it must be a number from 0 to 500'],
  [{ floors: 2.5 }, 'floors must be a whole number from 1 to 5, got 2.5'],
  [{ kind: 'Kiosk' }, "kind must be one of 'Bakery', 'Book shop', got 'Kiosk'"],
  [{ kind: ['Bakery'] }, "kind must be one of 'Bakery', 'Book shop', got a list"],
  [{ opened: '2020-02-30' }, "opened must be a date such as 2024-03-31, got '2020-02-30'"],
  [{ opened: 18_262 }, 'opened must be a date such as 2024-03-31'],
  [{ town: 5 }, 'town must be text of 1 to 200 characters, got 5'],
])('%o is refused with what is allowed', (change, message) => {
  const ask = () => parseInput(project.input, { area: 1, kind: 'Bakery', opened: '2020-01-01', ...change });
  expect(ask).toThrow(InvalidInputError);
  expect(ask).toThrow(message);
});
