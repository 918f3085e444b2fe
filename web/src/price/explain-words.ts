import { areaTypes, type Home } from '../api/prediction.js';
import { formatCount, formatNumber } from '../shared/format.js';

const plural = (count: number, one: string, many: string) => `${formatNumber(count)} ${count === 1 ? one : many}`;

/** What a feature's value is in the words of the form: "Whitefield", "1,200 sq ft", "3 bathrooms". */
export function featureWords(feature: string, home: Home): string {
  switch (feature) {
    case 'location':
      return home.location;
    case 'total_sqft':
      return `${formatCount(home.total_sqft)} sq ft`;
    case 'bhk':
      return plural(home.bhk, 'bedroom', 'bedrooms');
    case 'bath':
      return plural(home.bath, 'bathroom', 'bathrooms');
    case 'balcony':
      return home.balcony === 0 ? 'no balcony' : plural(home.balcony, 'balcony', 'balconies');
    case 'area_type':
      return (areaTypes.find((type) => type === home.area_type) ?? home.area_type).toLowerCase();
    default:
      return feature.replaceAll(/[_-]+/g, ' ');
  }
}

export interface Contribution {
  readonly feature: string;
  readonly words: string;
  /** Lakh INR. */
  readonly lakh: number;
}

/** Below this a feature is not worth a line of its own. */
const SMALLEST_LAKH = 0.05;

/** Contributions as they are drawn: the largest first, those too small to matter left out. */
export function rankContributions(
  contributions: Readonly<Record<string, number>>,
  home: Home,
): readonly Contribution[] {
  return Object.entries(contributions)
    .map(([feature, lakh]) => ({ feature, words: featureWords(feature, home), lakh }))
    .filter(({ lakh }) => Math.abs(lakh) >= SMALLEST_LAKH)
    .sort((a, b) => Math.abs(b.lakh) - Math.abs(a.lakh));
}
