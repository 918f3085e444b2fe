import type { GroupedSample } from './grouped-sample.js';

/**
 * The rank-th smallest (from 0) of all differences current − reference, without listing them: bisection on the value, counting the pairs
 * below by two pointers. O((k_r + k_c) · 60) in the distinct values.
 */
export function nthDifference(reference: GroupedSample, current: GroupedSample, rank: number): number {
  /** Pairs with difference ≤ d, and the largest such difference. */
  const below = (d: number) => {
    let pairs = 0;
    let nearest = Number.NEGATIVE_INFINITY;
    let counted = 0;
    let j = 0;
    for (const [i, value] of reference.values.entries()) {
      while (j < current.values.length && current.values[j]! - value <= d) counted += current.counts[j++]!;
      pairs += counted * reference.counts[i]!;
      if (j > 0) nearest = Math.max(nearest, current.values[j - 1]! - value);
    }
    return { pairs, nearest };
  };
  let low = current.values[0]! - reference.values.at(-1)!;
  let high = current.values.at(-1)! - reference.values[0]!;
  if (below(low).pairs > rank) return low;
  // low has too few pairs at or below it, high enough; the answer is the largest difference not above high
  for (let i = 0; i < 100; i++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    const { pairs, nearest } = below(middle);
    if (pairs > rank) high = nearest;
    else low = middle;
  }
  return below(high).nearest;
}
