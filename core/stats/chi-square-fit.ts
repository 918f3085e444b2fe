import { InvalidInputError } from '../errors.js';
import { chiSquareTail } from './chi-square-tail.js';
import type { ChiSquareResult } from './test-result.js';

/**
 * Pearson's χ² goodness of fit: Σ (observed − expected)² / expected, df = k − 1. Trustworthy from about 5 expected a cell.
 *
 * @param observed counts, shape (k,), k ≥ 2
 * @param weights expected shares, shape (k,), > 0; scaled to the total of the counts, so 80/20 and 0.8/0.2 are the same
 * @throws {InvalidInputError} if the shapes differ, k < 2, a count is negative, a weight not positive, or nothing was counted
 */
export function chiSquareFit(observed: readonly number[], weights: readonly number[]): ChiSquareResult {
  if (observed.length !== weights.length || observed.length < 2) {
    throw new InvalidInputError(
      `expected two shapes (k,) with k ≥ 2, got (${observed.length},) counts and (${weights.length},) weights`,
    );
  }
  const total = observed.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, share) => sum + share, 0);
  if (!observed.every((count) => count >= 0) || !(total > 0)) {
    throw new InvalidInputError('counts must be at least 0 and not all 0');
  }
  if (!weights.every((share) => share > 0)) throw new InvalidInputError('expected shares must be greater than 0');
  const expected = weights.map((share) => (total * share) / weight);
  const statistic = observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
  const df = observed.length - 1;
  return { statistic, df, pValue: chiSquareTail(statistic, df), expected };
}
