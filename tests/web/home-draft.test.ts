import { describe, expect, test } from 'vitest';
import { checkHome, emptyDraft, fromQuery, type HomeDraft, toQuery } from '../../web/src/price/home-draft.js';

const locations = ['Whitefield', 'Indira Nagar'];
const draft: HomeDraft = { ...emptyDraft, location: 'Whitefield' };

test('a full draft becomes a home with numbers', () => {
  expect(checkHome(draft, locations).home).toEqual({
    location: 'Whitefield',
    total_sqft: 1200,
    bhk: 2,
    bath: 2,
    balcony: 1,
    area_type: 'Super built-up Area',
  });
});

test('a location is found whatever case it was typed in', () => {
  expect(checkHome({ ...draft, location: '  indira nagar ' }, locations).home?.location).toBe('Indira Nagar');
});

test('without the list of locations the service is left to judge', () => {
  expect(checkHome({ ...draft, location: 'Somewhere' }, null).home?.location).toBe('Somewhere');
});

test('an area may be written with Indian digit groups', () => {
  expect(checkHome({ ...draft, total_sqft: '1,200.5' }, locations).home?.total_sqft).toBe(1200.5);
});

describe('what is not accepted is said with what is allowed', () => {
  test.each([
    [{ location: '' }, 'location', 'Choose a location: type a few letters and pick from the list.'],
    [{ location: 'Atlantis' }, 'location', '“Atlantis” is not in the list. Pick one of the suggestions.'],
    [{ total_sqft: '' }, 'total_sqft', 'Give the area in square feet, from 100 to 50,000.'],
    [{ total_sqft: '99' }, 'total_sqft', 'Give the area in square feet, from 100 to 50,000.'],
    [{ total_sqft: '1e9' }, 'total_sqft', 'Give the area in square feet, from 100 to 50,000.'],
    [{ total_sqft: 'big' }, 'total_sqft', 'Give the area in square feet, from 100 to 50,000.'],
    [{ bhk: '0' }, 'bhk', 'Give the number of bedrooms as a whole number from 1 to 20.'],
    [{ bath: '2.5' }, 'bath', 'Give the number of bathrooms as a whole number from 1 to 20.'],
    [{ balcony: '' }, 'balcony', 'Give the number of balconies as a whole number from 0 to 10.'],
    [
      { area_type: 'Castle' },
      'area_type',
      'Choose one of: Super built-up Area, Built-up Area, Plot Area, Carpet Area.',
    ],
  ])('%j', (change, field, message) => {
    expect(checkHome({ ...draft, ...change }, locations)).toEqual({ home: null, problems: { [field]: message } });
  });
});

test('an address brings back the home it was made from', () => {
  const { home } = checkHome({ ...draft, balcony: '0', area_type: 'Plot Area' }, locations);
  const back = fromQuery(new URLSearchParams(toQuery(home!)));
  expect(checkHome(back!, locations).home).toEqual(home);
});

test('an address without a location starts with an empty form', () => {
  expect(fromQuery(new URLSearchParams('?bhk=3'))).toBeNull();
});
