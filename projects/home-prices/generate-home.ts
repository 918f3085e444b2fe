import type { Random } from '../../core/stats/random.js';
import type { HomeInput } from './home-row.js';

/** Picks by cumulative share: the first entry whose bound exceeds the draw. */
export function pick<T>(random: Random, table: readonly (readonly [number, T])[]): T {
  const draw = random();
  return (table.find(([bound]) => draw < bound) ?? table[table.length - 1]!)[1];
}

/** Standard normal, Box and Muller 1958. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const ROOMS = [
  [0.048, 1],
  [0.465, 2],
  [0.835, 3],
  [0.935, 4],
  [0.967, 5],
  [0.984, 6],
  [0.992, 7],
  [1, 8],
] as const;

/** Median square feet by rooms, 1 to 8. */
const MEDIAN_SQFT = [660, 1_130, 1_570, 2_650, 2_500, 2_600, 2_900, 3_300];
const SPREAD = [0.16, 0.13, 0.19, 0.32, 0.4, 0.35, 0.35, 0.35];

/** A home as its owner knows it; the mess comes later. */
export function generateHome(random: Random, location: string): HomeInput {
  const bhk = pick(random, ROOMS);
  const area_type = pick(random, [
    [bhk > 3 ? 0.25 : 0.74, 'Super built-up Area'],
    [bhk > 3 ? 0.38 : 0.93, 'Built-up Area'],
    [bhk > 3 ? 0.995 : 0.993, 'Plot Area'],
    [1, 'Carpet Area'],
  ] as const);
  // one home in twenty is crammed: more rooms than its area allows
  const crammed = bhk >= 4 && random() < 0.3 ? 0.45 : 1;
  const median = MEDIAN_SQFT[bhk - 1]! * crammed;
  const total_sqft = Math.max(250, Math.round(median * Math.exp(SPREAD[bhk - 1]! * normal(random))));
  const bath = Math.max(
    1,
    bhk +
      pick(random, [
        [0.12, -1],
        [0.86, 0],
        [0.975, 1],
        [0.995, 2],
        [1, 4],
      ] as const),
  );
  const balcony = pick(random, [
    [0.08, 0],
    [0.46, 1],
    [0.87, 2],
    [1, 3],
  ] as const);
  const availability = random() < 0.8 ? 'Ready To Move' : 'Under Construction';
  return { total_sqft, location, bhk, bath, balcony, area_type, availability };
}
