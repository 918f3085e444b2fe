import { type BinnedDataset, finiteBins } from './binned-dataset.js';

/** Where each feature's bins lie in a histogram, counted in bins; a missing bin follows the finite ones. */
export interface HistogramLayout {
  /** First bin of each feature; shape (columns,). */
  readonly firstBin: Int32Array;
  /** Finite bins of each feature; shape (columns,). */
  readonly finite: Int32Array;
  readonly totalBins: number;
}

export function histogramLayout(binned: BinnedDataset): HistogramLayout {
  const firstBin = new Int32Array(binned.columns);
  const finite = new Int32Array(binned.columns);
  let totalBins = 0;
  for (let f = 0; f < binned.columns; f++) {
    firstBin[f] = totalBins;
    finite[f] = finiteBins(binned, f);
    totalBins += finite[f]! + binned.hasMissing[f]!;
  }
  return { firstBin, finite, totalBins };
}
