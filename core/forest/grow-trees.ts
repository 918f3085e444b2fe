import { InvalidInputError } from '../errors.js';
import type { BinnedDataset } from './binned-dataset.js';
import { drawRows, treeRandom } from './bootstrap.js';
import type { Forest } from './forest.js';
import { assembleForest, copyTree, type TreeArrays } from './forest-builder.js';
import type { ForestOptions, ResolvedForestOptions } from './forest-options.js';
import { createForestTarget } from './forest-target.js';
import { histogramLayout } from './histogram-layout.js';
import { prepareOptions } from './prepare-options.js';
import { thresholdOf } from './threshold-of.js';
import { TreeGrower } from './tree-grower.js';

/**
 * Grows trees from … to−1 of the forest that `fitForest` would grow: the same trees, bit for bit, whoever grows them.
 * Merge the parts with `mergeTrees`.
 *
 * @param binned as `binMatrix` made it
 * @param y shape (rows,): the target, or class indices
 * @param from first tree, 0 ≤ from < to ≤ options.trees
 * @param onTree called after each tree with its index
 * @throws {InvalidInputError} when an option, the target or the range is not allowed
 */
export function growTrees(
  binned: BinnedDataset,
  y: Float64Array,
  options: ForestOptions,
  from: number,
  to: number,
  onTree?: (tree: number) => void,
): Forest {
  const resolved = prepareOptions(options, y, binned.rows, binned.columns);
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from >= to || to > resolved.trees) {
    throw new InvalidInputError(`trees ${from} to ${to} are not a range within 0 to ${resolved.trees}`);
  }
  return createTreeShard(binned, y, resolved)(from, to, onTree);
}

/** Grows ranges of trees one after another in the same memory; the arguments are checked already. */
export function createTreeShard(
  binned: BinnedDataset,
  y: Float64Array,
  options: ResolvedForestOptions,
): (from: number, to: number, onTree?: (tree: number) => void) => Forest {
  const layout = histogramLayout(binned);
  const target = createForestTarget(binned, layout, y, options);
  const grower = new TreeGrower(binned, layout, target.kernel, options);
  const { nodes } = grower;

  const growOne = (tree: number): TreeArrays => {
    const random = treeRandom(options.randomState, tree);
    drawRows(target.counts, random, options.bootstrap, options.sampleWeight);
    const drawn = target.takeDraw(grower.rows);
    grower.grow(drawn, random);
    return copyTree(
      nodes,
      binned.columns,
      target.leafWidth,
      (feature, bin) => thresholdOf(binned, feature, bin),
      (node, values, at) => target.fillLeaf(grower.rows, nodes.start[node]!, nodes.end[node]!, values, at),
      target.gainScale,
    );
  };

  return (from, to, onTree) => {
    const trees: TreeArrays[] = [];
    for (let tree = from; tree < to; tree++) {
      trees.push(growOne(tree));
      onTree?.(tree);
    }
    const { task, classes } = options;
    return assembleForest(
      {
        algorithm: 'forest',
        task,
        features: binned.columns,
        classes,
        firstTree: from,
        leafWidth: target.leafWidth,
        baseline: new Float64Array(Math.max(1, classes)),
      },
      trees,
    );
  };
}
