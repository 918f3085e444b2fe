import { expect, test } from 'vitest';
import { parseArea, SQUARE_FEET } from '../../../core/dataset/parse-area.js';

test('a plain number is square feet', () => {
  expect(parseArea(' 1056 ')).toEqual({ squareFeet: 1056, form: 'plain' });
  expect(parseArea('1056.5')).toEqual({ squareFeet: 1056.5, form: 'plain' });
});

test('a range becomes its middle', () => {
  expect(parseArea('2100 - 2850')).toEqual({ squareFeet: 2475, form: 'range' });
});

// expected values by hand from the definitions of the units
test.each([
  ['34.46Sq. Meter', 370.924_353],
  ['1500Sq. Yards', 13_500],
  ['2Acres', 87_120],
  ['3Cents', 1_306.8],
  ['24Guntha', 26_136],
  ['4125Perch', 1_123_031.25],
  ['1Grounds', 2_400],
])('%s is %s square feet', (text, squareFeet) => {
  const area = parseArea(text);
  expect(area?.form).toBe('unit');
  expect(area?.squareFeet).toBeCloseTo(squareFeet, 5);
});

test('the units agree with each other: 100 cents, 40 guntha or 160 perches an acre; a metre is 3.2808 feet', () => {
  expect(SQUARE_FEET.cents! * 100).toBeCloseTo(SQUARE_FEET.acres!, 9);
  expect(SQUARE_FEET.guntha! * 40).toBeCloseTo(SQUARE_FEET.acres!, 9);
  expect(SQUARE_FEET.perch! * 160).toBeCloseTo(SQUARE_FEET.acres!, 9);
  expect(SQUARE_FEET['sq. meter']!).toBeCloseTo(10.763_910_416_7, 9);
});

test.each(['', 'abc', '0', '-5', '12Furlongs', '1e9', '10 - ', '5constructor', 'NaN'])('%j is no area', (text) => {
  expect(parseArea(text)).toBeNull();
});
