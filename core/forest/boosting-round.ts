import type { BinnedDataset } from './binned-dataset.js';
import { type BoostingObjective, takeWeights } from './boosting-objective.js';
import type { ResolvedBoostingOptions } from './boosting-options.js';
import { treeRandom } from './bootstrap.js';
import { createExactKernel } from './exact-kernel.js';
import { copyTree, type TreeArrays } from './forest-builder.js';
import { histogramLayout } from './histogram-layout.js';
import type { NodeTable } from './node-table.js';
import { createRowStore } from './row-store.js';
import { ownRows, sumOfMagnitudes, type Team } from './team.js';
import { thresholdOf } from './threshold-of.js';
import { mostHistograms, TreeGrower } from './tree-grower.js';
import { walkBinned } from './walk-binned.js';
import { toWholeSteps } from './whole-steps.js';

/** A side of a split must keep more hessian than this, else its value would blow up. */
const SMALLEST_HESSIAN = 1e-3;

/** Grows the trees of one model, one after another. */
export interface BoostingRound {
  /** Called once before the trees of an iteration. */
  prepare(): void;
  /** Grows a tree for output k on the kept rows, then moves the raw scores of all rows by the tree's values. */
  grow(k: number, tree: number): TreeArrays;
  /** Summed loss of the rows held out. */
  heldOutLoss(): number;
}

/**
 * @param kept rows to fit, of the whole team
 * @param heldOut rows to watch the loss on, of the whole team
 */
export function createBoostingRound(
  binned: BinnedDataset,
  objective: BoostingObjective,
  options: ResolvedBoostingOptions,
  kept: Uint32Array,
  heldOut: Uint32Array,
  team: Team,
): BoostingRound {
  const { learningRate, l2, minSamplesLeaf, maxLeafNodes, sampleWeight, randomState } = options;
  const { scale, unitWeights } = objective;
  const layout = histogramLayout(binned);
  const own = ownRows(kept, team);
  const watched = ownRows(heldOut, team);
  const channels = unitWeights ? 1 : 2;
  const store = createRowStore(binned, layout, own, channels, mostHistograms(layout, kept.length, maxLeafNodes) + 1);
  const limits = { minSamplesLeaf, l2, minWeight: SMALLEST_HESSIAN };
  const kernel = createExactKernel(store, channels, kept.length, limits, team);
  const grower = new TreeGrower(binned, layout, kernel, options, store);
  const { nodes, rows } = grower;
  const training = objective.on(own);
  const watching = objective.on(watched);
  const losses = new Float64Array(watched.length);
  const s = new Float64Array(own.length);
  const w = unitWeights ? null : new Float64Array(own.length);
  const leafOf = new Uint32Array(own.length);
  const weight = takeWeights(sampleWeight, unitWeights ? new Uint32Array(0) : own);
  const weightStep = toWholeSteps(weight, sumOfMagnitudes(weight, kept.length, team));

  /** Numbers of a leaf's rows: Σ s, Σ w and Σ sample weight. */
  const leafSums = (sTotal: number): ((node: number) => LeafSums) => {
    if (w === null) {
      return (node) => {
        const cover = kernel.count(nodes.stats, node);
        return { sum: kernel.sum(nodes.stats, node), hessian: cover, cover };
      };
    }
    // finer steps than where the count of rows shares the number
    const sStep = toWholeSteps(s, sTotal);
    const wStep = kernel.weightStep;
    const sums = new Float64Array(3 * nodes.count);
    for (let i = 0; i < own.length; i++) {
      const at = 3 * leafOf[i]!;
      sums[at]! += s[i]!;
      sums[at + 1]! += w[i]!;
      sums[at + 2]! += weight[i]!;
    }
    team.sum(sums);
    return (node) => ({
      sum: sums[3 * node]! * sStep,
      hessian: sums[3 * node + 1]! * wStep,
      cover: sums[3 * node + 2]! * weightStep,
    });
  };

  return {
    prepare: training.prepare,
    grow(k, tree) {
      training.fill(k, s, w);
      const sTotal = sumOfMagnitudes(s, kept.length, team);
      const wTotal = w === null ? 0 : sumOfMagnitudes(w, kept.length, team);
      kernel.pack(s, sTotal, w, wTotal);
      listRows(rows);
      grower.grow(own.length, treeRandom(randomState, tree));
      markLeaves(nodes, rows, leafOf);
      const sumsOf = leafSums(sTotal);
      const steps = new Float64Array(nodes.count);
      const fillLeaf = (node: number, values: Float64Array, at: number): number => {
        const { sum, hessian, cover } = sumsOf(node);
        steps[node] = (learningRate * sum) / Math.max(hessian + l2, SMALLEST_HESSIAN);
        values[at] = steps[node]! * scale;
        return cover;
      };
      const thresholds = (feature: number, bin: number) => thresholdOf(binned, feature, bin);
      const grown = copyTree(nodes, binned.columns, 1, thresholds, fillLeaf, scale * scale);
      moveScores(training.raw, k * own.length, leafOf, steps);
      const reached = watched.map((r) => walkBinned(nodes, binned, r));
      moveScores(watching.raw, k * watched.length, reached, steps);
      return grown;
    },
    heldOutLoss() {
      watching.losses(losses);
      return sumOfMagnitudes(losses, heldOut.length, team);
    },
  };
}

interface LeafSums {
  readonly sum: number;
  readonly hessian: number;
  readonly cover: number;
}

/** Writes the leaf of each row. */
function markLeaves({ count, feature, start, end }: NodeTable, rows: Uint32Array, leafOf: Uint32Array): void {
  for (let node = 0; node < count; node++) {
    if (feature[node]! >= 0) continue;
    for (let i = start[node]!; i < end[node]!; i++) leafOf[rows[i]!] = node;
  }
}

/** Lists all rows in their order. */
function listRows(rows: Uint32Array): void {
  for (let i = 0; i < rows.length; i++) rows[i] = i;
}

/** Adds to the score of each row, the first one at `first`, the step of the leaf that it reached. */
function moveScores(raw: Float64Array, first: number, reached: Uint32Array, steps: Float64Array): void {
  for (let i = 0; i < reached.length; i++) raw[first + i]! += steps[reached[i]!]!;
}
