import { InvalidInputError } from '../errors.js';

/**
 * Quantile of sorted numbers by linear interpolation between order statistics (definition 7 of Hyndman & Fan 1996, the
 * default of numpy and R).
 *
 * @param sorted ascending, shape (n,), n ≥ 1
 * @param q 0..1
 * @throws {InvalidInputError} if n = 0 or q is outside 0..1
 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) throw new InvalidInputError('a quantile needs at least one number');
  if (!(q >= 0 && q <= 1)) throw new InvalidInputError(`q must lie in 0..1, got ${q}`);
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
