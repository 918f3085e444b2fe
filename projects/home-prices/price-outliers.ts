import { OTHER } from '../../core/dataset/category-key.js';
import type { CleaningRule } from '../../core/dataset/clean-rows.js';
import { quantile } from '../../core/dataset/quantile.js';
import type { HomeDraft } from './home-draft.js';

/** Quartiles of fewer rows than this are noise: such places are judged together. */
const MIN_GROUP = 10;
/** Tukey's fences: quartiles ± 1.5 interquartile ranges. */
const FENCE = 1.5;

const pricePerSqft = (row: HomeDraft) => (row.price ?? Number.NaN) / (row.area?.squareFeet ?? Number.NaN);

function groupOf(rows: readonly HomeDraft[]): (row: HomeDraft) => string {
  const counts = new Map<string, number>();
  for (const { location } of rows) counts.set(location, (counts.get(location) ?? 0) + 1);
  return ({ location }) => (counts.get(location)! >= MIN_GROUP ? location : OTHER);
}

/**
 * Removes rows whose price per square foot lies outside Tukey's fences of their location. Needs price and area present.
 *
 * @see Tukey 1977, "Exploratory Data Analysis"
 */
export const removePriceOutliers: CleaningRule<HomeDraft> = {
  rule: 'price_per_sqft_outlier',
  reason: `price per square foot further than ${FENCE} interquartile ranges from the quartiles of its location`,
  apply: (rows) => {
    const group = groupOf(rows);
    const samples = new Map<string, number[]>();
    for (const row of rows) {
      const sample = samples.get(group(row));
      if (sample) sample.push(pricePerSqft(row));
      else samples.set(group(row), [pricePerSqft(row)]);
    }
    const fences = new Map<string, readonly [number, number]>();
    for (const [name, sample] of samples) {
      const sorted = Float64Array.from(sample).sort();
      const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
      fences.set(name, [low - FENCE * (high - low), high + FENCE * (high - low)]);
    }
    const kept = rows.filter((row) => {
      const [low, high] = fences.get(group(row))!;
      return pricePerSqft(row) >= low && pricePerSqft(row) <= high;
    });
    return { rows: kept, changed: 0 };
  },
};
