import { binEdges, findBin } from './bin-edges.js';
import { checkMatrix, type Matrix } from './matrix.js';

/**
 * X with every value replaced by the index of its bin, row by row: one byte per feature, rows padded to whole 32-bit
 * words so that a histogram loop reads four features at once.
 */
export interface BinnedDataset {
  readonly rows: number;
  readonly columns: number;
  /** Bytes per row: columns rounded up to a multiple of 4. */
  readonly stride: number;
  /** Bin of row r, column c: `bins[r * stride + c]`. */
  readonly bins: Uint8Array;
  /** Upper edges of the bins, column after column; column c's are [edgeOffsets[c], edgeOffsets[c + 1]). */
  readonly edges: Float64Array;
  readonly edgeOffsets: Uint32Array;
  /** 1 where the column has missing values; their bin is then the one after the last finite bin. */
  readonly hasMissing: Uint8Array;
}

/**
 * Bins every column of X by exact quantiles.
 *
 * @param maxBins 2 … 256; a column with missing values spends one of 256 on them
 * @throws {InvalidInputError} when X is empty, of a wrong shape, or holds an infinite value
 */
export function binMatrix(X: Matrix, maxBins: number): BinnedDataset {
  checkMatrix(X);
  const { rows, columns } = X;
  const stride = Math.ceil(columns / 4) * 4;
  const bins = new Uint8Array(rows * stride);
  const hasMissing = new Uint8Array(columns);
  const edgeOffsets = new Uint32Array(columns + 1);
  const allEdges: Float64Array[] = [];
  for (let c = 0; c < columns; c++) {
    const edges = binColumn(X, c, maxBins, bins, stride, hasMissing);
    allEdges.push(edges);
    edgeOffsets[c + 1] = edgeOffsets[c]! + edges.length;
  }
  const edges = new Float64Array(edgeOffsets[columns]!);
  allEdges.forEach((columnEdges, c) => {
    edges.set(columnEdges, edgeOffsets[c]!);
  });
  return { rows, columns, stride, bins, edges, edgeOffsets, hasMissing };
}

/** Writes column c's bins and its missing flag; returns its edges. */
function binColumn(
  X: Matrix,
  c: number,
  maxBins: number,
  bins: Uint8Array,
  stride: number,
  hasMissing: Uint8Array,
): Float64Array {
  const column = X.data.subarray(c * X.rows, (c + 1) * X.rows);
  // a typed array sorts numerically with NaN last
  const sorted = column.slice().sort();
  let finite = sorted.length;
  while (finite > 0 && Number.isNaN(sorted[finite - 1]!)) finite--;
  const missing = finite < sorted.length;
  const edges = binEdges(sorted.subarray(0, finite), missing ? Math.min(maxBins, 255) : maxBins);
  hasMissing[c] = missing ? 1 : 0;
  for (let r = 0; r < X.rows; r++) {
    const value = column[r]!;
    bins[r * stride + c] = Number.isNaN(value) ? edges.length + 1 : findBin(edges, 0, edges.length, value);
  }
  return edges;
}

/** Number of finite bins of column c. */
export function finiteBins(binned: BinnedDataset, c: number): number {
  return binned.edgeOffsets[c + 1]! - binned.edgeOffsets[c]! + 1;
}
