import type { SplitSearch } from './split-search.js';

/**
 * The arithmetic of one kind of target: what a histogram bin sums up (its channels; the last one is zero exactly when
 * the bin is empty) and how a split is scored. Growing a tree is the same for all of them.
 */
export interface SplitKernel {
  /** Numbers per bin. */
  readonly channels: number;
  /** Adds rows[start … end) to the bins of every feature. */
  addRows(histogram: Float64Array, rows: Uint32Array, start: number, end: number): void;
  /** Takes rows[start … end) out of the bins of every feature. */
  subtractRows(histogram: Float64Array, rows: Uint32Array, start: number, end: number): void;
  /**
   * Adds the rows to one feature's bins (bin 0 at index 0 of `bins`) and marks the bins in the bitmap.
   * null when threads hold the rows together: adding all features at once is then cheaper than meeting for each.
   */
  readonly addFeature:
    | ((bins: Float64Array, bitmap: Int32Array, feature: number, rows: Uint32Array, start: number, end: number) => void)
    | null;
  /** Sums rows[start … end) into `total`. */
  sumRows(total: Float64Array, rows: Uint32Array, start: number, end: number): void;
  /** Tries every split of the feature whose bin 0 is at `firstBin`; keeps the best in `search`. */
  scan(bins: Float64Array, firstBin: number, finite: number, feature: number, search: SplitSearch): void;
  /** Score of a node left whole, to subtract from a split's score. */
  scoreWhole(stats: Float64Array, at: number): number;
  /** Rows of a node (of all threads that grow it). */
  count(stats: Float64Array, at: number): number;
  /** Weighted rows of a node. */
  weight(stats: Float64Array, at: number): number;
  /** Has the node nothing left to split? Called when the best split gains (nearly) nothing. */
  isPure(rows: Uint32Array, start: number, end: number): boolean;
}
