/**
 * X with every value replaced by the index of its bin, row by row: one byte per feature, rows padded to whole 32-bit
 * words so that a histogram loop reads four features at once (as little-endian, which every platform of Node is that
 * this project runs on).
 */
export interface BinnedDataset {
  readonly rows: number;
  readonly columns: number;
  /** Bytes per row: columns rounded up to a multiple of 4. */
  readonly stride: number;
  /** Bin of row r, column c: `bins[r * stride + c]`. Starts on a 4-byte boundary of its buffer. */
  readonly bins: Uint8Array;
  /** Upper edges of the bins, column after column; column c's are [edgeOffsets[c], edgeOffsets[c + 1]). */
  readonly edges: Float64Array;
  readonly edgeOffsets: Uint32Array;
  /** 1 where the column has missing values; their bin is then the one after the last finite bin. */
  readonly hasMissing: Uint8Array;
}

/** Bytes per row of `columns` features. */
export function rowStride(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}

/** Number of finite bins of column c. */
export function finiteBins(binned: BinnedDataset, c: number): number {
  return binned.edgeOffsets[c + 1]! - binned.edgeOffsets[c]! + 1;
}

/** Joins the edges of every column into one dataset. */
export function joinColumns(
  rows: number,
  bins: Uint8Array,
  hasMissing: Uint8Array,
  edgesOfColumns: readonly Float64Array[],
): BinnedDataset {
  const columns = edgesOfColumns.length;
  const edgeOffsets = new Uint32Array(columns + 1);
  edgesOfColumns.forEach((edges, c) => {
    edgeOffsets[c + 1] = edgeOffsets[c]! + edges.length;
  });
  const edges = new Float64Array(edgeOffsets[columns]!);
  edgesOfColumns.forEach((ofColumn, c) => {
    edges.set(ofColumn, edgeOffsets[c]!);
  });
  return { rows, columns, stride: rowStride(columns), bins, edges, edgeOffsets, hasMissing };
}
