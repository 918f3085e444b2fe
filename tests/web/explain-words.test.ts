import { expect, test } from 'vitest';
import { featureWords, rankContributions } from '../../web/src/price/explain-words.js';

const home = {
  location: 'Whitefield',
  total_sqft: 1200,
  bhk: 1,
  bath: 3,
  balcony: 0,
  area_type: 'Plot Area',
} as const;

test('features are told by their value, in the words of the form', () => {
  const features = ['location', 'total_sqft', 'bhk', 'bath', 'balcony', 'area_type', 'price_per_sqft'];
  expect(features.map((feature) => featureWords(feature, home))).toEqual([
    'Whitefield',
    '1,200 sq ft',
    '1 bedroom',
    '3 bathrooms',
    'no balcony',
    'plot area',
    'price per sqft',
  ]);
});

test('contributions are ranked by size whatever their sign, and what rounds to nothing is left out', () => {
  const ranked = rankContributions({ bath: 3, total_sqft: -31, balcony: 0.04, location: 12 }, home);
  expect(ranked.map(({ feature }) => feature)).toEqual(['total_sqft', 'location', 'bath']);
});
