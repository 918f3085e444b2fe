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
 * With strata, each of them is split in its own proportion: the rows with the lowest hashes are held out. As rows come
 * in, some near that line may change sides.
 *
 * @param testRatio share of rows held out, (0, 1); without strata the outcome is within sampling error of it
 * @param stratum names the stratum of a row: its class
 * @throws {InvalidInputError} for a ratio outside (0, 1), or when one side is left empty
 */
export function splitRows<R extends Row>(
  rows: readonly R[],
  testRatio: number,
  randomState: number,
  stratum?: (row: R) => string,
): SplitRows<R> {
  if (!(testRatio > 0 && testRatio < 1)) throw new InvalidInputError(`testRatio must lie in (0, 1), got ${testRatio}`);
  const hashes = rows.map((row) => contentHash(row, randomState));
  const lines = stratum && linesOfStrata(rows.map(stratum), hashes, testRatio);
  const train: R[] = [];
  const test: R[] = [];
  for (const [i, row] of rows.entries()) {
    const line = lines && stratum ? lines.get(stratum(row))! : testRatio * 2 ** 32;
    (hashes[i]! < line ? test : train).push(row);
  }
  if (train.length === 0 || test.length === 0) {
    throw new InvalidInputError(`${rows.length} rows are too few to hold out a share of ${testRatio}`);
  }
  return { train, test };
}

function contentHash(row: Row, randomState: number): number {
  const content = Object.keys(row)
    .sort()
    .map((column) => [column, row[column]]);
  return murmurHash2(encoder.encode(`${randomState}:${JSON.stringify(content)}`));
}

/** For each stratum the hash below which a row is held out; equal rows have one hash and stay together. */
function linesOfStrata(strata: readonly string[], hashes: readonly number[], testRatio: number): Map<string, number> {
  const hashesOf = new Map<string, number[]>();
  strata.forEach((name, i) => {
    const list = hashesOf.get(name);
    if (list) list.push(hashes[i]!);
    else hashesOf.set(name, [hashes[i]!]);
  });
  const lineOf = ([name, list]: [string, number[]]): [string, number] => {
    const heldOut = Math.min(list.length - 1, Math.max(1, Math.round(list.length * testRatio)));
    return [name, list.sort((a, b) => a - b)[heldOut]!];
  };
  return new Map([...hashesOf].map(lineOf));
}
