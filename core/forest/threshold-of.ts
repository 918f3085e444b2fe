import { type BinnedDataset, finiteBins } from './binned-dataset.js';

/**
 * The largest value that goes left of a split after `bin`. After the last finite bin only missing values go right,
 * and the threshold is the largest number there is.
 */
export function thresholdOf(binned: BinnedDataset, feature: number, bin: number): number {
  const isLast = bin >= finiteBins(binned, feature) - 1;
  return isLast ? Number.MAX_VALUE : binned.edges[binned.edgeOffsets[feature]! + bin]!;
}
