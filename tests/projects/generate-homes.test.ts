import { expect, test } from 'vitest';
import { parseCsv } from '../../core/dataset/parse-csv.js';
import { cleanHomes } from '../../projects/home-prices/clean.js';
import { generateHomes } from '../../projects/home-prices/generate.js';
import { type HomeInput, RAW_COLUMNS } from '../../projects/home-prices/home-row.js';
import { truePrice } from '../../projects/home-prices/true-price.js';

const text = generateHomes({ randomState: 1 });
const { records } = parseCsv(text, RAW_COLUMNS);
const share = (holds: (row: (typeof records)[number]) => boolean) => records.filter(holds).length / records.length;
const home: HomeInput = {
  total_sqft: 1200,
  location: 'Whitefield',
  bhk: 2,
  bath: 2,
  balcony: 1,
  area_type: 'Super built-up Area',
  availability: 'Ready To Move',
};

test('the same seed gives the same file, another seed another one', () => {
  expect(generateHomes({ randomState: 1 })).toBe(text);
  expect(generateHomes({ randomState: 2, rows: 50 })).not.toBe(generateHomes({ randomState: 1, rows: 50 }));
});

// the shares of the real file: society 41.3 %, balcony 4.6 %, bath 0.55 %, areas not plain 1.9 %, 13,320 rows, 1,295 places
test('it is as long and as messy as the real file', () => {
  expect(records).toHaveLength(13_000);
  expect(share((row) => row.society === '')).toBeCloseTo(0.413, 1);
  expect(share((row) => row.balcony === '')).toBeCloseTo(0.046, 2);
  expect(share((row) => row.bath === '')).toBeCloseTo(0.0055, 2);
  expect(share((row) => !/^[\d.]+$/.test(row.total_sqft))).toBeCloseTo(0.019, 2);
  const units = new Set(records.map((row) => row.total_sqft.replace(/^[\d.]+(?: - [\d.]+)?/, '')));
  expect([...units].sort()).toEqual(['', 'Acres', 'Cents', 'Grounds', 'Guntha', 'Perch', 'Sq. Meter', 'Sq. Yards']);
  expect(text).toMatch(/,"[^"]+, [^"]+",/);
});

test('it has about 1,300 places with a long tail', () => {
  const counts = new Map<string, number>();
  for (const row of records) counts.set(row.location.trim(), (counts.get(row.location.trim()) ?? 0) + 1);
  const sizes = [...counts.values()].sort((a, b) => b - a);
  expect(sizes.length).toBeGreaterThan(1_200);
  expect(sizes.length).toBeLessThan(1_400);
  expect(sizes[0]).toBeGreaterThan(300);
  expect(sizes.filter((n) => n === 1).length).toBeGreaterThan(250);
});

test('every cleaning rule but one for prices finds something to do, and most rows stay', () => {
  const { profile } = cleanHomes(text);
  const idle = profile.cleaning.filter((step) => step.removed + step.changed === 0).map((step) => step.rule);
  expect(idle.filter((rule) => rule !== 'missing_location')).toEqual(['missing_price', 'unreadable_area']);
  expect(profile.rows / profile.rawRows).toBeGreaterThan(0.8);
});

test('clean prices follow the hidden true price: a median ratio near 1', () => {
  const { rows } = cleanHomes(text);
  const ratios = rows
    .filter((row) => row.location !== 'other')
    .map((row) => row.price / truePrice(row))
    .sort((a, b) => a - b);
  expect(ratios[ratios.length >> 1]).toBeCloseTo(1, 1);
});

test('the planted effects have the right sign', () => {
  const base = truePrice(home);
  expect(truePrice({ ...home, total_sqft: 2400 })).toBeGreaterThan(2 * base);
  expect(truePrice({ ...home, bhk: 3, bath: 3 })).toBeGreaterThan(base);
  expect(truePrice({ ...home, bath: 3 })).toBeGreaterThan(base);
  expect(truePrice({ ...home, area_type: 'Plot Area' })).toBeGreaterThan(base);
  expect(truePrice({ ...home, availability: 'Under Construction' })).toBeLessThan(base);
  expect(truePrice({ ...home, location: 'Koramangala' })).toBeGreaterThan(1.5 * base);
  expect(truePrice({ ...home, location: 'whitefield ,' })).toBe(base);
});

test('every home the input allows has a true price above zero', () => {
  for (const bhk of [1, 20]) {
    for (const bath of [1, 20])
      expect(truePrice({ ...home, total_sqft: 1, bhk, bath, location: 'nowhere', balcony: null })).toBeGreaterThan(0);
  }
});
