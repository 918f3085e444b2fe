import { type BinnedDataset, finiteBins } from './binned-dataset.js';
import type { NodeTable } from './node-table.js';

/** The leaf of the tree being grown that row r of the binned dataset reaches. */
export function walkBinned(nodes: NodeTable, binned: BinnedDataset, r: number): number {
  let node = 0;
  while (nodes.feature[node]! >= 0) {
    const feature = nodes.feature[node]!;
    const bin = binned.bins[r * binned.stride + feature]!;
    const isMissing = binned.hasMissing[feature] === 1 && bin === finiteBins(binned, feature);
    const goesLeft = isMissing ? nodes.missingLeft[node] === 1 : bin <= nodes.bin[node]!;
    node = nodes.left[node]! + (goesLeft ? 0 : 1);
  }
  return node;
}
