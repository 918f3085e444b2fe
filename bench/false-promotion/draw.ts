import type { Random } from '../../core/stats/random.js';

/** A standard normal number (Box and Muller 1958; the second of the pair is not kept). */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A Poisson number by counting unit exponentials: O(mean), mean well below 700. */
export function drawPoisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
