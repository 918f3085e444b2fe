import { InvalidInputError } from '../errors.js';

/**
 * Jensen-Shannon distance between two distributions over the same categories: √((KL(p‖m) + KL(q‖m)) / 2), m = (p + q)/2,
 * natural logarithm. A metric, 0 = same, √ln 2 ≈ 0.833 = nothing in common. Empty categories are allowed.
 *
 * @param reference counts or shares, shape (k,)
 * @param current counts or shares, shape (k,), same categories
 * @throws {InvalidInputError} if k = 0, the shapes differ, a count is negative, or one side is all zero
 * @see Endres & Schindelin 2003, "A new metric for probability distributions"
 */
export function jensenShannonDistance(reference: readonly number[], current: readonly number[]): number {
  if (reference.length !== current.length || reference.length === 0) {
    throw new InvalidInputError(
      `expected two shapes (k,) with k ≥ 1, got (${reference.length},) and (${current.length},)`,
    );
  }
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [r, c] = [total(reference), total(current)];
  if (![...reference, ...current].every((count) => count >= 0) || !(r > 0) || !(c > 0)) {
    throw new InvalidInputError('counts must be at least 0 and not all 0');
  }
  const term = (a: number, middle: number) => (a === 0 ? 0 : a * Math.log(a / middle));
  let divergence = 0;
  for (const [i, count] of reference.entries()) {
    const [p, q] = [count / r, current[i]! / c];
    const middle = (p + q) / 2;
    divergence += (term(p, middle) + term(q, middle)) / 2;
  }
  return Math.sqrt(Math.max(0, divergence));
}
