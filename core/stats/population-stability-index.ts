import { InvalidInputError } from '../errors.js';

/**
 * Population stability index between two samples counted over the same bins.
 * Σ (cᵢ − rᵢ) ln(cᵢ / rᵢ), with r and c the smoothed bin proportions. Symmetric; 0 = same shape.
 *
 * @param reference counts per bin, shape (k,), k ≥ 1
 * @param current counts per bin, shape (k,), same bin edges
 * @param pseudocount added to each bin so an empty bin stays finite
 * @returns nats, ≥ 0; infinite only with pseudocount 0 and a bin empty on one side
 * @throws {InvalidInputError} if k = 0, the shapes differ, a count is negative, or a side has no counts at all
 * @see Kullback & Leibler 1951, "On Information and Sufficiency" (their symmetric divergence J)
 */
export function populationStabilityIndex(
  reference: readonly number[],
  current: readonly number[],
  pseudocount = 0.5,
): number {
  if (reference.length !== current.length || reference.length === 0) {
    throw new InvalidInputError(
      `expected two shapes (k,) with k ≥ 1, got (${reference.length},) and (${current.length},)`,
    );
  }
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count + pseudocount, 0);
  const [r, c] = [total(reference), total(current)];
  if (![...reference, ...current].every((count) => count >= 0) || !(r > 0) || !(c > 0)) {
    throw new InvalidInputError('counts must be at least 0 and not all 0');
  }
  return reference.reduce((sum, count, i) => {
    const [p, q] = [(count + pseudocount) / r, (current[i]! + pseudocount) / c];
    return p === q ? sum : sum + (q - p) * Math.log(q / p);
  }, 0);
}
