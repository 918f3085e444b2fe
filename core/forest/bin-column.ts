import { InvalidInputError } from '../errors.js';
import { binEdges } from './bin-edges.js';
import { createBinFinder } from './bin-finder.js';
import { rowStride } from './binned-dataset.js';
import type { Matrix } from './matrix.js';
import { sortColumn } from './sort-column.js';

/**
 * Bins column c of X.
 *
 * @param bins written at the column's place, shape (rows, stride)
 * @param hasMissing written at c
 * @param scratch shape (rows,), overwritten: one serves all columns
 * @returns the column's edges
 * @throws {InvalidInputError} when the column holds an infinite value
 */
export function binColumn(
  X: Matrix,
  c: number,
  maxBins: number,
  bins: Uint8Array,
  hasMissing: Uint8Array,
  scratch: Float64Array,
): Float64Array {
  const column = X.data.subarray(c * X.rows, (c + 1) * X.rows);
  const known = sortColumn(column, scratch);
  const sorted = scratch.subarray(0, known);
  for (const extreme of [sorted[0]!, sorted[known - 1]!]) {
    if (Math.abs(extreme) === Number.POSITIVE_INFINITY) {
      const place = `column ${c}, row ${column.indexOf(extreme)}`;
      throw new InvalidInputError(`X has ${extreme} in ${place}; values must be finite, or NaN for missing`);
    }
  }
  const missing = known < X.rows;
  const edges = binEdges(sorted, missing ? Math.min(maxBins, 255) : maxBins);
  hasMissing[c] = missing ? 1 : 0;
  const stride = rowStride(X.columns);
  const find = createBinFinder(edges, sorted[0]!, sorted[known - 1]!);
  for (let r = 0; r < X.rows; r++) {
    const value = column[r]!;
    bins[r * stride + c] = Number.isNaN(value) ? edges.length + 1 : find(value);
  }
  return edges;
}
