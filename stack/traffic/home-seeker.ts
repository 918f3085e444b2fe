import type { Random } from '../../core/stats/random.js';
import { AREA_TYPES, type HomeInput } from '../../projects/home-prices/home-row.js';
import { truePrice } from '../../projects/home-prices/true-price.js';

/** A person who looks for a home: always the same id, the same taste for sizes and places, the same sternness. */
export interface HomeSeeker {
  readonly userId: string;
  readonly bhk: number;
  readonly favourites: readonly string[];
  /** Added to every rating: some people are kind, some are not. */
  readonly mood: number;
  /** Chance that this person rates an estimate at all. */
  readonly ratingShare: number;
}

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!;

/** Between −1 and 1, mostly near 0. */
const around = (random: Random) => random() + random() - 1;

export function createHomeSeeker(
  userId: string,
  locations: readonly string[],
  ratingShare: number,
  random: Random,
): HomeSeeker {
  return {
    userId,
    bhk: pick([1, 2, 2, 2, 3, 3, 3, 4], random),
    favourites: [pick(locations, random), pick(locations, random), pick(locations, random)],
    mood: around(random) * 0.8,
    ratingShare: Math.min(1, ratingShare * (0.5 + random())),
  };
}

/** The next home this person asks about. */
export function nextHome(seeker: HomeSeeker, random: Random): HomeInput {
  const bhk = Math.max(1, seeker.bhk + pick([-1, 0, 0, 0, 1], random));
  return {
    total_sqft: Math.round((250 + 450 * bhk) * (1 + 0.3 * around(random))),
    location: pick(seeker.favourites, random),
    bhk,
    bath: Math.max(1, bhk + pick([-1, 0, 0, 1], random)),
    balcony: pick([0, 1, 1, 2, 2, 3], random),
    area_type: pick(AREA_TYPES, random),
    availability: 'Ready To Move',
  };
}

/**
 * Stars for an estimate: the further from the home's true price, the fewer. 0 % off is about 5 stars, 40 % off about 2.
 *
 * @param estimatedPrice lakh INR
 * @returns 1, 2, 3, 4 or 5
 */
export function rateEstimate(seeker: HomeSeeker, home: HomeInput, estimatedPrice: number, random: Random): number {
  const actual = truePrice(home);
  const error = Math.abs(estimatedPrice - actual) / actual;
  const stars = 5 - 7.5 * error + seeker.mood + 0.6 * around(random);
  return Math.min(5, Math.max(1, Math.round(stars)));
}
