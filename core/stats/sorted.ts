import { InvalidInputError } from '../errors.js';

/**
 * A sorted copy of a sample.
 *
 * @throws {InvalidInputError} if the sample is empty or holds NaN or an infinity
 */
export function sorted(sample: ArrayLike<number>): Float64Array {
  if (sample.length === 0) throw new InvalidInputError('a sample must hold at least one number');
  const copy = Float64Array.from(sample).sort();
  // NaN sorts last, infinities to the ends
  if (!Number.isFinite(copy[0]!) || !Number.isFinite(copy[copy.length - 1]!)) {
    throw new InvalidInputError('a sample must hold finite numbers only');
  }
  return copy;
}
