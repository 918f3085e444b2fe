import { InvalidInputError } from '../errors.js';

/** Size, mean and sample variance (n − 1): what the t test needs of a sample, also when only its sums are known. */
export interface SampleMoments {
  readonly n: number;
  readonly mean: number;
  /** Null with fewer than two observations. */
  readonly variance: number | null;
}

/**
 * @param sample shape (n,), n ≥ 1
 * @throws {InvalidInputError} if it is empty or not finite
 */
export function sampleMoments(sample: ArrayLike<number>): SampleMoments {
  const n = sample.length;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const delta = sample[i]! - mean;
    mean += delta / (i + 1);
    squares += delta * (sample[i]! - mean); // Welford 1962: no cancellation
  }
  if (n === 0 || !Number.isFinite(squares))
    throw new InvalidInputError(`expected finite numbers, got ${n} with mean ${mean}`);
  return { n, mean, variance: n > 1 ? squares / (n - 1) : null };
}

/** The same from Σx and Σx²; for ratings, where the sums are whole numbers and nothing cancels. */
export function momentsFromSums(n: number, sum: number, squareSum: number): SampleMoments {
  if (!(n > 0)) throw new InvalidInputError(`expected at least one observation, got ${n}`);
  const mean = sum / n;
  return { n, mean, variance: n > 1 ? Math.max(0, squareSum - n * mean * mean) / (n - 1) : null };
}
