import { type CleaningRule, removeRows } from '../../core/dataset/clean-rows.js';
import type { HomeDraft } from './home-draft.js';
import { MAX_TRAINING_SQFT } from './home-row.js';
import { rareLocationsToOther, unifyLocations } from './location-rules.js';
import { removePriceOutliers } from './price-outliers.js';

/** Counts what reading already converted; the rows stay as they are. */
function converted(rule: string, reason: string, form: 'unit' | 'range'): CleaningRule<HomeDraft> {
  return { rule, reason, apply: (rows) => ({ rows, changed: rows.filter((row) => row.area?.form === form).length }) };
}

function removeDuplicates(): CleaningRule<HomeDraft> {
  return {
    rule: 'duplicate_row',
    reason: 'the same in every column as a row before it: one listing entered twice would count twice',
    apply: (rows) => {
      const seen = new Set<string>();
      const kept = rows.filter(({ content }) => !seen.has(content) && seen.add(content));
      return { rows: kept, changed: 0 };
    },
  };
}

/** Square feet that one room needs at the least; below it the area or the number of rooms is a typing error. */
const MIN_SQFT_PER_BHK = 300;

/** The cleaning of home prices, in order. Every rule sees only what the rules before it left. */
export const HOME_RULES: readonly CleaningRule<HomeDraft>[] = [
  removeRows('missing_location', 'a home without a place has no price level', (row) => row.location.trim() === ''),
  removeRows('missing_size', "size is empty or not like '2 BHK', '4 Bedroom' or '1 RK'", (row) => row.bhk === null),
  removeRows('missing_bath', 'bath is empty or not a number above 0', (row) => row.bath === null || row.bath < 1),
  removeRows('missing_price', 'price is empty or not a number above 0', (row) => row.price === null || row.price <= 0),
  removeRows('unreadable_area', 'total_sqft is no number, range or known unit above 0', (row) => row.area === null),
  converted('area_range_to_middle', "a range such as '2100 - 2850' becomes its middle", 'range'),
  converted('area_unit_to_sqft', "another unit such as '34.46Sq. Meter' becomes square feet", 'unit'),
  removeDuplicates(),
  removeRows(
    'implausible_sqft_per_bhk',
    `fewer than ${MIN_SQFT_PER_BHK} square feet per room`,
    (row) => row.area!.squareFeet / row.bhk! < MIN_SQFT_PER_BHK,
  ),
  removeRows(
    'implausible_area',
    `more than ${MAX_TRAINING_SQFT} square feet: land by the acre, not a home`,
    (row) => row.area!.squareFeet > MAX_TRAINING_SQFT,
  ),
  removeRows('too_many_baths', 'more than two bathrooms beyond the rooms', (row) => row.bath! > row.bhk! + 2),
  unifyLocations,
  removePriceOutliers,
  rareLocationsToOther,
];
