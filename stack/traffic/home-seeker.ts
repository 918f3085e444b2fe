import type { Random } from '../../core/stats/random.js';
import type { HomeInput } from '../../projects/home-prices/home-row.js';
import { truePrice } from '../../projects/home-prices/true-price.js';

/** A person who looks for a home: always the same id and the same sternness. */
export interface HomeSeeker {
  readonly userId: string;
  /** Added to every rating: some people are kind, some are not. */
  readonly mood: number;
  /** Chance that this person rates an estimate at all. */
  readonly ratingShare: number;
}

/** Between −1 and 1, mostly near 0. */
const around = (random: Random) => random() + random() - 1;

export function createHomeSeeker(userId: string, ratingShare: number, random: Random): HomeSeeker {
  return {
    userId,
    mood: around(random) * 0.8,
    ratingShare: Math.min(1, ratingShare * (0.5 + random())),
  };
}

/** The next home that anybody asks about; a favourite place of each person would bend the mix of places. */
export function nextHome(homes: readonly HomeInput[], random: Random): HomeInput {
  return homes[Math.floor(random() * homes.length)]!;
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
