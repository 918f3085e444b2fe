import { expect, test } from 'vitest';
import { feedbackRows } from '../../../core/dataset/feedback-rows.js';

test('a reported price becomes a row with the project’s columns and source feedback', () => {
  const rows = feedbackRows(
    [{ input: { sqft: 900, place: 'Hoodi', session: 'x' }, actual: 61 }],
    ['sqft', 'place', 'bath'],
    'price',
  );
  expect(rows).toEqual([{ sqft: 900, place: 'Hoodi', bath: null, price: 61, source: 'feedback' }]);
});

test.each([0, -3, Number.NaN, Infinity])('a reported price of %s is left out', (actual) => {
  expect(feedbackRows([{ input: { sqft: 900 }, actual }], ['sqft'], 'price')).toEqual([]);
});
