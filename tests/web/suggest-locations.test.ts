import { expect, test } from 'vitest';
import { suggestLocations } from '../../web/src/price/suggest-locations.js';

const sorted = ['1st Block Jayanagar', 'Agara', 'Jaya Nagar', 'Jayanagar', 'Nagarbhavi', 'Vijayanagar'];

test('names that begin with the text come before words that do, and those before the rest', () => {
  expect(suggestLocations(sorted, 'jaya', 10)).toEqual([
    'Jaya Nagar',
    'Jayanagar',
    '1st Block Jayanagar',
    'Vijayanagar',
  ]);
});

test('nothing typed gives the first of all', () => {
  expect(suggestLocations(sorted, '  ', 2)).toEqual(['1st Block Jayanagar', 'Agara']);
});

test('no match gives nothing', () => {
  expect(suggestLocations(sorted, 'xyz', 10)).toEqual([]);
});

test('there are never more than asked for', () => {
  expect(suggestLocations(sorted, 'a', 3)).toHaveLength(3);
});
