import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feedbackRows } from '../../core/dataset/feedback-rows.js';
import { fromSnapshotCsv, toSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { DatasetInvalidError } from '../../core/errors.js';
import { cleanHomes } from '../../projects/home-prices/clean.js';
import { RAW_COLUMNS, SNAPSHOT_COLUMNS } from '../../projects/home-prices/home-row.js';
import { homeCsv } from './home-csv.js';

const header = RAW_COLUMNS.join(',');
const file = (...lines: string[]) => `${header}\n${lines.join('\n')}\n`;
const good = 'Plot  Area,19-Dec,"Hoodi, ",4 Bedroom,Theanmp,2600,5,3,120';
const removedBy = (text: string) =>
  cleanHomes(text)
    .profile.cleaning.filter((step) => step.removed > 0)
    .map((step) => [step.rule, step.removed]);

test('one raw line becomes one clean row', () => {
  expect(cleanHomes(file(good.replace('19-Dec', 'Ready To Move'))).rows).toEqual([
    {
      total_sqft: 2600,
      location: 'other',
      bhk: 4,
      bath: 5,
      balcony: 3,
      area_type: 'Plot Area',
      availability: 'Ready To Move',
      price: 120,
      source: 'raw',
    },
  ]);
});

test.each([
  ['missing_location', good.replace('"Hoodi, "', ' ')],
  ['missing_size', good.replace('4 Bedroom', '')],
  ['missing_size', good.replace('4 Bedroom', 'Villa')],
  ['missing_bath', good.replace(',5,3,', ',,3,')],
  ['missing_price', good.replace(/120$/, '0')],
  ['missing_price', good.replace(/120$/, 'call us')],
  ['unreadable_area', good.replace('2600', 'large')],
  ['duplicate_row', good],
  ['implausible_sqft_per_bhk', good.replace('2600', '1199')],
  ['implausible_area', good.replace('2600', '3Acres')],
  ['too_many_baths', good.replace(',5,3,', ',7,3,')],
])('%s removes the line and counts it', (rule, line) => {
  expect(removedBy(file(good, line))).toEqual([[rule, 1]]);
});

test('a price out of line with its location is removed, in a place where the price is common it stays', () => {
  const at = (place: string, prices: number[]) =>
    prices.map((price, i) => `Plot  Area,19-Dec,${place},2 BHK,s${i},1000,2,1,${price}`);
  const usual = [50, 51, 52, 53, 54, 55, 56, 57, 58, 59];
  const { rows, profile } = cleanHomes(
    file(
      ...at('Begur', [...usual, 150]),
      ...at(
        'Hebbal',
        usual.map((p) => p + 95),
      ),
    ),
  );
  expect(profile.cleaning.find((step) => step.rule === 'price_per_sqft_outlier')?.removed).toBe(1);
  expect(rows.filter((row) => row.price === 150).map((row) => row.location)).toEqual(['Hebbal']);
});

test('spellings of one place become the most frequent one; a rare place becomes other', () => {
  const lines = ['Anand Nagar', 'anand  nagar', ' Anand Nagar', '"Anand nagar,"', 'Anand Nagar', 'Lonely'].map(
    (place, i) => good.replace('"Hoodi, "', place).replace('Theanmp', `s${i}`),
  );
  const { rows, profile } = cleanHomes(file(...lines));
  expect(rows.map((row) => row.location)).toEqual([...Array(5).fill('Anand Nagar'), 'other']);
  const changed = Object.fromEntries(profile.cleaning.map((step) => [step.rule, step.changed]));
  expect(changed).toMatchObject({ unify_locations: 3, rare_locations_to_other: 1 });
});

test('ranges and units are converted and counted', () => {
  const { rows, profile } = cleanHomes(
    file(good, good.replace('2600', '2500 - 2700'), good.replace('2600', '300Sq. Yards')),
  );
  expect(rows.map((row) => row.total_sqft)).toEqual([2600, 2600, 2700]);
  const changed = Object.fromEntries(profile.cleaning.map((step) => [step.rule, step.changed]));
  expect(changed).toMatchObject({ area_range_to_middle: 1, area_unit_to_sqft: 1 });
});

test('feedback rows go through the same rules and keep their source', () => {
  const input = {
    total_sqft: 900,
    location: 'Hoodi',
    bhk: 2,
    bath: 2,
    balcony: null,
    area_type: null,
    availability: null,
  };
  const reported = feedbackRows(
    [
      { input, actual: 60 },
      { input: { ...input, total_sqft: 30_000 }, actual: 900 },
    ],
    Object.keys(input),
    'price',
  );
  const { rows, profile } = cleanHomes(file(good), reported);
  expect(rows.map((row) => [row.source, row.price])).toEqual([
    ['raw', 120],
    ['feedback', 60],
  ]);
  expect([profile.rawRows, profile.feedbackRows, profile.rows]).toEqual([1, 2, 2]);
});

test('says what removed every row when none is left', () => {
  const none = file(good.replace('2600', 'x'), good.replace('4 Bedroom', ''));
  expect(() => cleanHomes(none)).toThrow(DatasetInvalidError);
  expect(() => cleanHomes(none)).toThrow('no row is left of 2 after cleaning: missing_size 1, unreadable_area 1');
});

test('cleaning never invents a row, its counts add up, and every row is complete', () => {
  const cell = fc.oneof(
    fc.constantFrom('', '2 BHK', '1000', '2', 'Plot  Area', '3Acres', 'Hoodi', '10 - 20', '55.5'),
    fc.string({ maxLength: 5 }),
  );
  const quoted = (text: string) => `"${text.replaceAll('"', '""').replaceAll('\0', '')}"`;
  const wild = fc.array(cell, { minLength: 9, maxLength: 9 }).map((cells) => cells.map(quoted).join(','));
  fc.assert(
    fc.property(fc.array(fc.oneof(wild, fc.constant(good)), { maxLength: 12 }), (lines) => {
      const { rows, profile } = cleanHomes(file(good, ...lines));
      expect(profile.rawRows).toBe(lines.length + 1);
      const removed = profile.cleaning.reduce((sum, step) => sum + step.removed, 0);
      expect([rows.length, profile.rows]).toEqual([profile.rawRows - removed, rows.length]);
      for (const row of rows)
        expect([row.total_sqft > 0, row.bhk > 0, row.bath > 0, row.price > 0]).toEqual(Array(4).fill(true));
    }),
  );
});

test('the whole file: three rows of four stay, and its snapshot reads back exactly', () => {
  const { text, real } = homeCsv();
  const { rows, profile } = cleanHomes(text);
  // the real file has 13,320 rows, of which 11,143 are kept
  if (real) expect([profile.rawRows, rows.length]).toEqual([13_320, 11_143]);
  expect(rows.length / profile.rawRows).toBeGreaterThan(0.75);
  expect(fromSnapshotCsv(toSnapshotCsv(rows, SNAPSHOT_COLUMNS))).toEqual(rows);
});
