import { RandomStream } from '../forest/random.js';

/** Uniform numbers in [0, 1), 53 bits each. Statistics take randomness as this function, always seeded by the caller. */
export type Random = () => number;

/**
 * A seeded generator over the one stream the product has ({@link RandomStream}, sfc32).
 *
 * @param seed safe integer ≥ 0
 * @param stream which of the independent sequences of this seed, for workers and trials
 */
export function createRandom(seed: number, stream = 0): Random {
  const words = new RandomStream(seed, stream);
  // 27 + 26 bits, the way of numpy's random_standard_uniform
  return () => ((words.next() >>> 5) * 0x4000000 + (words.next() >>> 6)) / 0x20000000000000;
}
