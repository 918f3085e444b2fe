import cdf from '@stdlib/stats-base-dists-t-cdf';
import quantile from '@stdlib/stats-base-dists-t-quantile';
import { InvalidInputError } from '../errors.js';
import type { SampleMoments } from './sample-moments.js';
import type { TestResult } from './test-result.js';

export interface WelchResult extends TestResult {
  /** Welch and Satterthwaite's degrees of freedom, rarely whole. */
  readonly df: number;
  /** Current mean minus reference mean, with its confidence interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Welch's t test of two means without assuming equal variances, from moments: the product keeps sums, not samples.
 *
 * @param confidence of the interval, (0, 1)
 * @throws {InvalidInputError} with fewer than two observations on a side, or no variance on both
 * @see Welch 1947
 */
export function welchT(reference: SampleMoments, current: SampleMoments, confidence = 0.95): WelchResult {
  if (reference.variance === null || current.variance === null) {
    throw new InvalidInputError(`expected at least two observations a side, got ${reference.n} and ${current.n}`);
  }
  const [a, b] = [reference.variance / reference.n, current.variance / current.n];
  if (a + b === 0)
    throw new InvalidInputError('neither side varies: a t test has nothing to compare the difference with');
  const df = (a + b) ** 2 / (a ** 2 / (reference.n - 1) + b ** 2 / (current.n - 1));
  const difference = current.mean - reference.mean;
  const standardError = Math.sqrt(a + b);
  const statistic = difference / standardError;
  const reach = quantile((1 + confidence) / 2, df) * standardError;
  return {
    statistic,
    df,
    pValue: Math.min(1, 2 * cdf(-Math.abs(statistic), df)),
    difference,
    low: difference - reach,
    high: difference + reach,
  };
}
