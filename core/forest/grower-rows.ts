import type { BinnedDataset } from './binned-dataset.js';
import { partitionRows } from './partition-rows.js';

/** The rows that a grower works on, and the memory for its histograms. */
export interface GrowerRows {
  /** Row numbers, reordered so that every node's rows are neighbours. */
  readonly order: Uint32Array;
  /** Moves the rows of order[start … end) that go left to the front, as `partitionRows`; returns where the right ones start. */
  partition(
    start: number,
    end: number,
    feature: number,
    splitBin: number,
    missingBin: number,
    missingLeft: number,
  ): number;
  /** A histogram of zeros; the grower uses it again and again. */
  newHistogram(): Float64Array;
}

/** All rows of a dataset, as they lie there. @param cells numbers per histogram */
export function plainRows({ rows, bins, stride }: BinnedDataset, cells: number): GrowerRows {
  const order = new Uint32Array(rows);
  const spare = new Uint32Array(rows);
  return {
    order,
    partition: (start, end, feature, splitBin, missingBin, missingLeft) =>
      partitionRows(order, spare, start, end, bins, stride, feature, splitBin, missingBin, missingLeft),
    newHistogram: () => new Float64Array(cells),
  };
}
