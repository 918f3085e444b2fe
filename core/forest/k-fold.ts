import { InvalidInputError } from '../errors.js';
import { RandomStream } from './random.js';

/** Row numbers of one split, each ascending. */
export interface FoldRows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Splits rows at random into k parts whose sizes differ by at most one; each part is the test part once.
 *
 * @param rows number of rows, ≥ k
 * @param k 2 or more
 * @throws {InvalidInputError} when k does not fit the rows
 */
export function kFold(rows: number, k: number, randomState: number): FoldRows[] {
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
  const all = Uint32Array.from({ length: rows }, (_, r) => r);
  return Array.from({ length: k }, (_, fold) => ({
    train: all.filter((r) => part[r] !== fold),
    test: all.filter((r) => part[r] === fold),
  }));
}
