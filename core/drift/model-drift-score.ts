import type { Moments } from './moments.js';

/** A move from no spread at all has no scale: it counts as far as the score goes. */
const ratio = (move: number, std: number) => (move === 0 ? 0 : move / std);

/**
 * The mean over the features of (|Δmean|/std_ref + |Δstd|/std_ref) / 2, clipped to 0..1. 0 = nothing has moved.
 *
 * @param features one (reference, current) pair per numeric feature; without any the score is 0
 */
export function modelDriftScore(features: readonly (readonly [Moments, Moments])[]): number {
  if (features.length === 0) return 0;
  const total = features.reduce((sum, [reference, current]) => {
    const mean = ratio(Math.abs(current.mean - reference.mean), reference.std);
    const std = ratio(Math.abs(current.std - reference.std), reference.std);
    return sum + (mean + std) / 2;
  }, 0);
  return Math.min(1, total / features.length);
}
