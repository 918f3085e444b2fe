import { InvalidInputError } from '../errors.js';
import { sorted } from './sorted.js';

/** A sample as its distinct values and how often each came: a million ratings are five numbers. */
export interface GroupedSample {
  /** Rising, shape (k,). */
  readonly values: readonly number[];
  /** > 0, shape (k,). */
  readonly counts: readonly number[];
  /** Σ counts. */
  readonly size: number;
}

/** @throws {InvalidInputError} if the sample is empty or not finite */
export function groupSample(sample: ArrayLike<number>): GroupedSample {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of sorted(sample)) {
    if (value === values.at(-1)) counts[counts.length - 1]!++;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  return { values, counts, size: sample.length };
}

/**
 * @param values rising, shape (k,)
 * @param counts how often each came, ≥ 0; values that never came are left out
 * @throws {InvalidInputError} if nothing was counted
 */
export function groupCounts(values: readonly number[], counts: readonly number[]): GroupedSample {
  const kept = values.map((value, i) => ({ value, count: counts[i] ?? 0 })).filter(({ count }) => count > 0);
  const size = kept.reduce((sum, { count }) => sum + count, 0);
  if (size === 0) throw new InvalidInputError('a sample must hold at least one number');
  return { values: kept.map(({ value }) => value), counts: kept.map(({ count }) => count), size };
}
