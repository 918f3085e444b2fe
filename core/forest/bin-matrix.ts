import { binColumn } from './bin-column.js';
import { type BinnedDataset, joinColumns, rowStride } from './binned-dataset.js';
import { checkShape, type Matrix } from './matrix.js';

/**
 * Bins every column of X by exact quantiles.
 *
 * @param maxBins 2 … 256; a column with missing values spends one of 256 on them
 * @throws {InvalidInputError} when X is empty, of a wrong shape, or holds an infinite value
 */
export function binMatrix(X: Matrix, maxBins: number): BinnedDataset {
  checkShape(X);
  const bins = new Uint8Array(X.rows * rowStride(X.columns));
  const hasMissing = new Uint8Array(X.columns);
  const scratch = new Float64Array(X.rows);
  const edges = Array.from({ length: X.columns }, (_, c) => binColumn(X, c, maxBins, bins, hasMissing, scratch));
  return joinColumns(X.rows, bins, hasMissing, edges);
}
