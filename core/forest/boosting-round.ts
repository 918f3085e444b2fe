import type { BinnedDataset } from './binned-dataset.js';
import type { BoostingObjective } from './boosting-objective.js';
import type { ResolvedBoostingOptions } from './boosting-options.js';
import { treeRandom } from './bootstrap.js';
import { copyTree, type TreeArrays } from './forest-builder.js';
import { histogramLayout } from './histogram-layout.js';
import { createPackedKernel } from './packed-kernel.js';
import { thresholdOf } from './threshold-of.js';
import { TreeGrower } from './tree-grower.js';
import { createTripleKernel } from './triple-kernel.js';
import { walkBinned } from './walk-binned.js';

/** A side of a split must keep more hessian than this, else its value would blow up. */
const SMALLEST_HESSIAN = 1e-3;

/**
 * Makes the function that grows one tree: it fits output k's gradients over the `kept` rows, then moves the raw scores
 * of all rows by the tree's values.
 */
export function createBoostingRound(
  binned: BinnedDataset,
  objective: BoostingObjective,
  options: ResolvedBoostingOptions,
  kept: Uint32Array,
  heldOut: Uint32Array,
  raw: Float64Array,
): (k: number, tree: number) => TreeArrays {
  const { learningRate, l2, minSamplesLeaf, sampleWeight, randomState } = options;
  const { scale } = objective;
  const layout = histogramLayout(binned);
  const rowStats = new Float64Array(binned.rows * 2);
  const nothingLeft = () => true;
  const packed =
    objective.unitWeights && l2 === 0
      ? createPackedKernel(binned, layout, rowStats, minSamplesLeaf, nothingLeft)
      : null;
  const kernel =
    packed ?? createTripleKernel(binned, layout, rowStats, minSamplesLeaf, l2, SMALLEST_HESSIAN, nothingLeft);
  const grower = new TreeGrower(binned, layout, kernel, options);
  const { nodes, rows } = grower;

  return (k, tree) => {
    objective.fill(k, raw, kept, rowStats);
    packed?.pack(kept);
    rows.set(kept);
    grower.grow(kept.length, treeRandom(randomState, tree));
    const first = k * binned.rows;
    const steps = new Float64Array(nodes.count);
    const fillLeaf = (node: number, values: Float64Array, at: number): number => {
      const start = nodes.start[node]!;
      const end = nodes.end[node]!;
      const { sum, hessian, cover } = packed
        ? { sum: packed.sum(nodes.stats, node), hessian: end - start, cover: end - start }
        : sumLeaf(rows, start, end, rowStats, sampleWeight);
      const step = (learningRate * sum) / Math.max(hessian + l2, SMALLEST_HESSIAN);
      for (let i = start; i < end; i++) raw[first + rows[i]!]! += step;
      steps[node] = step;
      values[at] = step * scale;
      return cover;
    };
    const grown = copyTree(
      nodes,
      binned.columns,
      1,
      (feature, bin) => thresholdOf(binned, feature, bin),
      fillLeaf,
      scale * scale,
    );
    for (const r of heldOut) raw[first + r]! += steps[walkBinned(nodes, binned, r)]!;
    return grown;
  };
}

function sumLeaf(
  rows: Uint32Array,
  start: number,
  end: number,
  rowStats: Float64Array,
  sampleWeight: Float64Array | null,
): { sum: number; hessian: number; cover: number } {
  let sum = 0;
  let hessian = 0;
  let cover = 0;
  for (let i = start; i < end; i++) {
    const r = rows[i]!;
    sum += rowStats[2 * r]!;
    hessian += rowStats[2 * r + 1]!;
    cover += sampleWeight === null ? 1 : sampleWeight[r]!;
  }
  return { sum, hessian, cover };
}
