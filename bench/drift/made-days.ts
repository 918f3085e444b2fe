import type { Row } from '../../core/dataset/row.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import { createRandom, type Random } from '../../core/stats/random.js';

/** Seven columns as a price service sees them: sizes, counts, and a category of 200 places with a long tail. */
export const MADE_FEATURES: readonly FeatureSpec[] = [
  { name: 'sqft', kind: 'numeric' },
  { name: 'rooms', kind: 'numeric' },
  { name: 'baths', kind: 'numeric' },
  { name: 'age', kind: 'numeric' },
  { name: 'place', kind: 'target', smoothing: 5, minRows: 3 },
  { name: 'type', kind: 'ordinal', categories: ['flat', 'house', 'plot', 'villa'] },
];

export interface MadeRow {
  readonly input: Row;
  readonly prediction: number;
}

const PLACE_BOUNDS: readonly number[] = (() => {
  const shares = Array.from({ length: 200 }, (_, r) => 1 / (r + 3));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const bounds: number[] = [];
  for (const share of shares) bounds.push((bounds.at(-1) ?? 0) + share / total);
  return bounds;
})();

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function madeRow(random: Random, shift: number): MadeRow {
  const rooms = 1 + Math.floor(random() * random() * 6);
  const sqft = Math.round(500 * rooms * Math.exp(0.3 * (normal(random) + shift)));
  const draw = random();
  const place = Math.max(
    0,
    PLACE_BOUNDS.findIndex((bound) => draw < bound),
  );
  const input = {
    sqft,
    rooms,
    baths: Math.max(1, rooms + Math.floor(random() * 3) - 1),
    age: -12 * Math.log(1 - random()),
    place: `place ${place}`,
    type: ['flat', 'house', 'plot', 'villa'][Math.floor(random() ** 2 * 4)]!,
  };
  return { input, prediction: sqft * 0.06 * (1 + (place % 7) / 10) * Math.exp(0.1 * normal(random)) };
}

/**
 * `n` rows of one distribution, the same for the same seed.
 *
 * @param shift moves the sizes (and with them the predictions) by so many of their standard deviations
 */
export function madeDay(n: number, randomState: number, shift = 0): MadeRow[] {
  const random = createRandom(randomState);
  return Array.from({ length: n }, () => madeRow(random, shift));
}
