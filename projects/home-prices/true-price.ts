import { rateOfLocation } from './generated-places.js';
import type { AreaType, HomeInput } from './home-row.js';

const AREA_TYPE_FACTOR: Readonly<Record<AreaType, number>> = {
  'Super built-up Area': 1,
  'Built-up Area': 1.05,
  'Carpet Area': 1.12,
  'Plot Area': 1.28,
};

/**
 * What a home is worth in the generated world, before anybody haggles: the planted effect of place, size, rooms, baths,
 * balconies, area type and availability. Models never see it; the traffic player rates estimates by their distance from it.
 *
 * @returns lakh INR, above 0
 */
export function truePrice(home: HomeInput): number {
  const size = (home.total_sqft / 1_200) ** 0.08;
  const rooms = 1 + 0.03 * (home.bhk - 2);
  const baths = 1 + 0.02 * (home.bath - home.bhk);
  const balconies = 1 + 0.01 * (home.balcony ?? 1);
  const areaType = AREA_TYPE_FACTOR[home.area_type ?? 'Super built-up Area'];
  const ready = home.availability === 'Under Construction' ? 0.95 : 1;
  const factor = size * Math.max(0.5, rooms * baths) * balconies * areaType * ready;
  return (home.total_sqft * rateOfLocation(home.location) * factor) / 100_000;
}
