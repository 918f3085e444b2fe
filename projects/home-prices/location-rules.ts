import { categoryKey, OTHER } from '../../core/dataset/category-key.js';
import type { CleaningRule } from '../../core/dataset/clean-rows.js';
import type { HomeDraft } from './home-draft.js';

/** Fewer rows than this say nothing about a place. */
const MIN_LOCATION_ROWS = 5;

/** The most frequent spelling of each location, by key; among equals the first in code point order. */
function commonSpellings(rows: readonly HomeDraft[]): Map<string, string> {
  const spellings = new Map<string, Map<string, number>>();
  for (const { location } of rows) {
    const label = location.replace(/\s+/g, ' ').replace(/^[ ,]+|[ ,]+$/g, '');
    const key = categoryKey(location);
    const counts = spellings.get(key) ?? new Map<string, number>();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    spellings.set(key, counts);
  }
  const common = new Map<string, string>();
  for (const [key, counts] of spellings) {
    const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    common.set(key, first![0]);
  }
  return common;
}

export const unifyLocations: CleaningRule<HomeDraft> = {
  rule: 'unify_locations',
  reason: 'spellings that differ in case, spaces or a comma at the end are one place; the most frequent one stays',
  apply: (rows) => {
    const common = commonSpellings(rows);
    let changed = 0;
    const next = rows.map((row) => {
      const location = common.get(categoryKey(row.location)) ?? row.location;
      if (location === row.location) return row;
      changed++;
      return { ...row, location };
    });
    return { rows: next, changed };
  },
};

/** Run after `unifyLocations`: counts labels as they are. */
export const rareLocationsToOther: CleaningRule<HomeDraft> = {
  rule: 'rare_locations_to_other',
  reason: `locations with fewer than ${MIN_LOCATION_ROWS} rows become '${OTHER}'`,
  apply: (rows) => {
    const counts = new Map<string, number>();
    for (const { location } of rows) counts.set(location, (counts.get(location) ?? 0) + 1);
    let changed = 0;
    const next = rows.map((row) => {
      if (row.location === OTHER || counts.get(row.location)! >= MIN_LOCATION_ROWS) return row;
      changed++;
      return { ...row, location: OTHER };
    });
    return { rows: next, changed };
  },
};
