import type { FeatureSpec } from '../features/feature-spec.js';
import { categoryKey } from './category-key.js';
import type { Row } from './row.js';

/** A row of the data with how far it is from the one asked about. */
export interface SimilarRow<R extends Row = Row> {
  readonly row: R;
  /** ≥ 0; 0 = alike in everything that was told. */
  readonly distance: number;
}

/** What another kind (an area type, an availability) counts beside numbers that are off by that share. */
const OTHER_KIND = 0.25;
/** A value that only one of the two has. */
const UNKNOWN = 0.5;

/**
 * Gower-like distance: numbers count by how far they are off as a share of the one asked about, kinds count a fixed
 * amount. What was not asked about counts nothing.
 *
 * @see Gower 1971, "A general coefficient of similarity and some of its properties"
 */
function distance(features: readonly FeatureSpec[], asked: Row, row: Row): number {
  let sum = 0;
  for (const { name, kind } of features) {
    const [wanted, found] = [asked[name] ?? null, row[name] ?? null];
    if (wanted === null || kind === 'target') continue;
    if (found === null) sum += UNKNOWN;
    else if (typeof wanted === 'number' && typeof found === 'number') {
      sum += Math.abs(wanted - found) / Math.max(Math.abs(wanted), 1);
    } else if (wanted !== found) sum += OTHER_KIND;
  }
  return sum;
}

/**
 * The rows of a data set that are most like one: of the same place where features say there are places (kind `target`),
 * then nearest in the rest. Ties keep the order of the data.
 *
 * @param features of the project
 * @param count how many at most, ≥ 1
 * @returns nearest first; empty where no row is of the same place
 */
export function similarRows<R extends Row>(
  features: readonly FeatureSpec[],
  rows: readonly R[],
  asked: Row,
  count: number,
): SimilarRow<R>[] {
  const places = features.filter(({ kind }) => kind === 'target').map(({ name }) => name);
  const key = (row: Row, name: string) => categoryKey(String(row[name] ?? ''));
  const wanted = places.map((name) => key(asked, name));
  return rows
    .filter((row) => places.every((name, i) => key(row, name) === wanted[i]))
    .map((row) => ({ row, distance: distance(features, asked, row) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
}
