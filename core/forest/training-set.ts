import { InvalidInputError } from '../errors.js';
import type { BinnedDataset } from './binned-dataset.js';
import type { Matrix } from './matrix.js';
import { toShared } from './shared-matrix.js';

/** All a trainer needs, ready to be stored and read by others: the binned rows, their target and weights. */
export interface TrainingSet {
  readonly binned: BinnedDataset;
  /** shape (rows,) */
  readonly y: Float64Array;
  /** shape (rows,), or null when all rows weigh the same */
  readonly sampleWeight: Float64Array | null;
}

/**
 * The training set of some rows, for cross-validation and halving; bins stay those of the whole.
 *
 * @param rows row numbers, in the order wanted
 * @throws {InvalidInputError} when a row number is out of range
 */
export function selectRows({ binned, y, sampleWeight }: TrainingSet, rows: Uint32Array): TrainingSet {
  const { stride } = binned;
  const bins = new Uint8Array(rows.length * stride);
  rows.forEach((r, i) => {
    if (r >= binned.rows) throw new InvalidInputError(`row ${r} is out of range: there are ${binned.rows}`);
    bins.set(binned.bins.subarray(r * stride, (r + 1) * stride), i * stride);
  });
  const pick = (values: Float64Array) => Float64Array.from(rows, (r) => values[r]!);
  return {
    binned: { ...binned, rows: rows.length, bins },
    y: pick(y),
    sampleWeight: sampleWeight && pick(sampleWeight),
  };
}

/**
 * A matrix that a forest trained on these bins predicts as it would the original rows: every value is replaced by the
 * upper edge of its bin, which lies on the same side of every threshold.
 */
export function matrixOfBins(binned: BinnedDataset): Matrix {
  const { rows, columns, stride, bins, edges, edgeOffsets } = binned;
  const data = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    const first = edgeOffsets[c]!;
    const count = edgeOffsets[c + 1]! - first;
    for (let r = 0; r < rows; r++) {
      const bin = bins[r * stride + c]!;
      const upper = bin < count ? edges[first + bin]! : Number.MAX_VALUE;
      data[c * rows + r] = bin > count ? Number.NaN : upper;
    }
  }
  return { data, rows, columns };
}

/** The set in memory that threads share; arrays that are there already are not copied. */
export function shareSet({ binned, y, sampleWeight }: TrainingSet): TrainingSet {
  const { bins, edges, edgeOffsets, hasMissing } = binned;
  return {
    binned: {
      ...binned,
      bins: toShared(bins),
      edges: toShared(edges),
      edgeOffsets: toShared(edgeOffsets),
      hasMissing: toShared(hasMissing),
    },
    y: toShared(y),
    sampleWeight: sampleWeight && toShared(sampleWeight),
  };
}
