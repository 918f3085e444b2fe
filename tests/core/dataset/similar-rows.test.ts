import fc from 'fast-check';
import { expect, test } from 'vitest';
import { similarRows } from '../../../core/dataset/similar-rows.js';
import { homePrices } from '../../../projects/home-prices/project.js';

const { features } = homePrices;
const home = (location: string, total_sqft: number, bhk: number, price: number) => ({
  total_sqft,
  location,
  bhk,
  bath: 2,
  balcony: 1,
  area_type: 'Super built-up Area',
  availability: 'Ready To Move',
  price,
});

test('the nearest in size and rooms come first, of the same place however it is spelled', () => {
  const rows = [
    home('Whitefield', 2000, 3, 120),
    home('Hebbal', 1000, 2, 60),
    home('whitefield ', 1100, 2, 58),
    home('Whitefield', 1000, 3, 55),
  ];
  const found = similarRows(features, rows, home('Whitefield', 1000, 2, 0), 2);
  // |1100 − 1000| / 1000 = 0.1; |3 − 2| / 2 = 0.5
  expect(found).toEqual([
    { row: rows[2], distance: expect.closeTo(0.1, 12) },
    { row: rows[3], distance: expect.closeTo(0.5, 12) },
  ]);
});

test('what was not asked about counts nothing, what a row lacks counts against it', () => {
  const asked = { ...home('Hebbal', 1000, 2, 0), balcony: null };
  const rows = [{ ...home('Hebbal', 1000, 2, 1), bath: null }, home('Hebbal', 1000, 2, 2)];
  expect(similarRows(features, rows, asked, 5).map(({ row, distance }) => [row.price, distance])).toEqual([
    [2, 0],
    [1, 0.5],
  ]);
});

test('is ordered by distance, never longer than asked for, and finds the row itself first', () => {
  const row = fc.record({
    location: fc.constantFrom('A', 'B'),
    total_sqft: fc.integer({ min: 1, max: 5000 }),
    bhk: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (drawn, count) => {
      const rows = drawn.map(({ location, total_sqft, bhk }) => home(location, total_sqft, bhk, 1));
      const found = similarRows(features, rows, rows[0]!, count);
      expect(found.length).toBeLessThanOrEqual(count);
      expect(found[0]!.distance).toBe(0);
      expect(found.map(({ distance }) => distance)).toEqual(
        found.map(({ distance }) => distance).sort((a, b) => a - b),
      );
    }),
  );
});
