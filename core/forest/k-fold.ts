import { InvalidInputError } from '../errors.js';
import { RandomStream } from './random.js';

/** Row numbers of one split, each ascending. */
export interface FoldRows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Splits rows at random into k parts whose sizes differ by at most one; each part is the test part once.
 * With strata, the rows of one stratum are dealt out in turn, so that every part has its share of each.
 *
 * @param rows number of rows, ≥ k
 * @param k 2 or more
 * @param strata stratum of each row, small integers (classes), shape (rows,)
 * @throws {InvalidInputError} when k does not fit the rows
 */
export function kFold(rows: number, k: number, randomState: number, strata?: ArrayLike<number>): FoldRows[] {
  if (!Number.isInteger(k) || k < 2 || !Number.isInteger(rows) || rows < k) {
    throw new InvalidInputError(`${rows} rows cannot be split into ${k} folds; at least 2 folds of 1 row are needed`);
  }
  const part = Uint32Array.from({ length: rows }, (_, r) => r % k);
  const random = new RandomStream(randomState);
  for (let i = rows - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swapped = part[i]!;
    part[i] = part[j]!;
    part[j] = swapped;
  }
  if (strata !== undefined) dealByStratum(part, strata, k);
  const all = Uint32Array.from({ length: rows }, (_, r) => r);
  return Array.from({ length: k }, (_, fold) => ({
    train: all.filter((r) => part[r] !== fold),
    test: all.filter((r) => part[r] === fold),
  }));
}

/** Numbers the rows of each stratum anew, in the order of the parts they were drawn into, and deals them out in turn. */
function dealByStratum(part: Uint32Array, strata: ArrayLike<number>, k: number): void {
  const order = Array.from(part, (_, r) => r).sort((a, b) => strata[a]! - strata[b]! || part[a]! - part[b]! || a - b);
  order.forEach((row, i) => {
    part[row] = i % k;
  });
}
