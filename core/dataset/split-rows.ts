import { InvalidInputError } from '../errors.js';
import { murmurHash2 } from '../experiment/murmur-hash2.js';
import type { Row } from './row.js';

export interface SplitRows<R extends Row> {
  readonly train: readonly R[];
  readonly test: readonly R[];
}

const encoder = new TextEncoder();

/**
 * Train and hold-out rows. Which side a row falls on depends on its content and the seed alone: not on its place, not on
 * the other rows. A row that was held out of one snapshot is therefore held out of the next one too, so an incumbent and a
 * candidate trained months apart with the same seed can be compared on rows that neither has seen, and equal rows never
 * straddle the two sides.
 *
 * @param testRatio share of rows held out, (0, 1); the outcome is within sampling error of it
 * @throws {InvalidInputError} for a ratio outside (0, 1), or when one side is left empty
 */
export function splitRows<R extends Row>(rows: readonly R[], testRatio: number, randomState: number): SplitRows<R> {
  if (!(testRatio > 0 && testRatio < 1)) throw new InvalidInputError(`testRatio must lie in (0, 1), got ${testRatio}`);
  const line = testRatio * 2 ** 32;
  const train: R[] = [];
  const test: R[] = [];
  for (const row of rows) {
    const content = Object.keys(row)
      .sort()
      .map((column) => [column, row[column]]);
    const hash = murmurHash2(encoder.encode(`${randomState}:${JSON.stringify(content)}`));
    (hash < line ? test : train).push(row);
  }
  if (train.length === 0 || test.length === 0) {
    throw new InvalidInputError(`${rows.length} rows are too few to hold out a share of ${testRatio}`);
  }
  return { train, test };
}
