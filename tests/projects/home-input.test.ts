import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../core/errors.js';
import { parseInput } from '../../core/features/parse-input.js';
import { homeInputSchema } from '../../projects/home-prices/input.js';

const home = { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 };
const problems = (body: unknown) => {
  try {
    parseInput(homeInputSchema, body);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems;
    throw error;
  }
  throw new Error('the input was accepted');
};

test('what is optional and missing becomes null', () => {
  expect(parseInput(homeInputSchema, home)).toEqual({ ...home, balcony: null, area_type: null, availability: null });
});

test('form fields are read as the numbers they spell', () => {
  const form = { total_sqft: '1000', location: ' Whitefield ', bhk: '2', bath: ' 2', balcony: '', area_type: '' };
  expect(parseInput(homeInputSchema, form)).toEqual(parseInput(homeInputSchema, home));
});

test('area type and availability are read whatever their case and spacing', () => {
  const read = parseInput(homeInputSchema, {
    ...home,
    area_type: 'super built-up  area',
    availability: '19-Dec',
    balcony: 1,
  });
  expect(read).toMatchObject({ area_type: 'Super built-up Area', availability: 'Under Construction', balcony: 1 });
});

test.each([
  ['total_sqft', 0, 'total_sqft must be a number above 0 and at most 50000, got 0'],
  ['total_sqft', -5, 'got -5'],
  ['total_sqft', 50_001, 'got 50001'],
  ['total_sqft', Number.NaN, 'got NaN'],
  ['total_sqft', 'NaN', "got 'NaN'"],
  ['total_sqft', 'big', "got 'big'"],
  ['total_sqft', '1e999', 'got Infinity'],
  ['total_sqft', [1000], 'got a list'],
  ['total_sqft', true, 'got true'],
  ['bhk', 0, 'bhk must be a whole number from 1 to 20, got 0'],
  ['bhk', 200, 'got 200'],
  ['bhk', 2.5, 'got 2.5'],
  ['bath', 0, 'bath must be a whole number from 1 to 20, got 0'],
  ['balcony', -1, 'balcony must be a whole number from 0 to 10, got -1'],
  ['balcony', 'two', "got 'two'"],
  ['location', ' ', 'location is missing: it must be text of 1 to 100 characters'],
  ['location', 7, 'got 7'],
  ['location', 'x'.repeat(101), `got '${'x'.repeat(60)}…'`],
  [
    'area_type',
    'Castle',
    "area_type must be one of 'Super built-up Area', 'Built-up Area', 'Plot Area', 'Carpet Area', got 'Castle'",
  ],
  ['availability', 'soon', "availability must be one of 'Ready To Move', 'Under Construction', got 'soon'"],
])('%s of %j is refused, saying what is allowed', (field, value, message) => {
  const [problem, ...others] = problems({ ...home, [field]: value });
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ field, value });
  expect(problem?.message).toContain(message);
});

test('every missing field is named at once', () => {
  expect(problems({}).map((problem) => problem.field)).toEqual(['total_sqft', 'location', 'bhk', 'bath']);
});

test.each([null, undefined, 'text', 5, [home]])('a body that is no object (%j) is refused', (body) => {
  expect(problems(body)).toHaveLength(1);
});

test('whatever is sent, the answer is a valid home or a list of problems', () => {
  const anything = fc.record({
    total_sqft: fc.anything(),
    location: fc.anything(),
    bhk: fc.anything(),
    bath: fc.anything(),
    area_type: fc.anything(),
  });
  fc.assert(
    fc.property(anything, (body) => {
      try {
        const read = parseInput(homeInputSchema, body);
        expect(read.total_sqft > 0 && Number.isInteger(read.bhk) && read.location.length > 0).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInputError);
      }
    }),
  );
});
