import { type Forest, LEAF } from './forest.js';
import type { NodeTable } from './node-table.js';

/** A forest's fields that do not depend on its trees. */
export type ForestShape = Pick<
  Forest,
  'algorithm' | 'task' | 'features' | 'classes' | 'firstTree' | 'leafWidth' | 'baseline'
>;

/** One finished tree: its nodes copied out of the grower's table into arrays of just their length. */
export type TreeArrays = Pick<
  Forest,
  'feature' | 'threshold' | 'left' | 'missingLeft' | 'cover' | 'leafValues' | 'impurityDecrease'
>;

/**
 * Copies a grown tree out of the table.
 *
 * @param thresholdOf real threshold of (feature, bin)
 * @param fillLeaf writes a leaf's values at `values[at …]` and returns its weighted rows
 * @param gainScale turns the gain of a split into rows × impurity
 */
export function copyTree(
  table: NodeTable,
  features: number,
  leafWidth: number,
  thresholdOf: (feature: number, bin: number) => number,
  fillLeaf: (node: number, values: Float64Array, at: number) => number,
  gainScale: number,
): TreeArrays {
  const { count } = table;
  const leaves = (count + 1) / 2;
  const tree: TreeArrays = {
    feature: new Uint16Array(count),
    threshold: new Float64Array(count),
    left: new Uint32Array(count),
    missingLeft: new Uint8Array(count),
    cover: new Float64Array(count),
    leafValues: new Float64Array(leaves * leafWidth),
    impurityDecrease: new Float64Array(features),
  };
  let leaf = 0;
  for (let node = 0; node < count; node++) {
    const feature = table.feature[node]!;
    if (feature < 0) {
      tree.feature[node] = LEAF;
      tree.left[node] = leaf;
      tree.cover[node] = fillLeaf(node, tree.leafValues, leaf * leafWidth);
      leaf++;
    } else {
      tree.feature[node] = feature;
      tree.threshold[node] = thresholdOf(feature, table.bin[node]!);
      tree.left[node] = table.left[node]!;
      tree.missingLeft[node] = table.missingLeft[node]!;
      tree.impurityDecrease[feature]! += table.gain[node]! * gainScale;
    }
  }
  // summed up from the leaves (children come after their parent), so that a parent's cover is exactly its children's
  for (let node = count - 1; node >= 0; node--) {
    const left = table.left[node]!;
    if (left >= 0) tree.cover[node] = tree.cover[left]! + tree.cover[left + 1]!;
  }
  return tree;
}

/** Trees laid one after another in one forest's arrays. */
export function assembleForest(shape: ForestShape, trees: readonly TreeArrays[]): Forest {
  const treeOffsets = new Uint32Array(trees.length + 1);
  const leafOffsets = new Uint32Array(trees.length + 1);
  trees.forEach((tree, t) => {
    treeOffsets[t + 1] = treeOffsets[t]! + tree.feature.length;
    leafOffsets[t + 1] = leafOffsets[t]! + tree.leafValues.length / shape.leafWidth;
  });
  const nodes = treeOffsets[trees.length]!;
  const forest: Forest = {
    ...shape,
    trees: trees.length,
    treeOffsets,
    leafOffsets,
    feature: new Uint16Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Uint32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    cover: new Float64Array(nodes),
    leafValues: new Float64Array(leafOffsets[trees.length]! * shape.leafWidth),
    impurityDecrease: new Float64Array(trees.length * shape.features),
  };
  trees.forEach((tree, t) => {
    const at = treeOffsets[t]!;
    forest.feature.set(tree.feature, at);
    forest.threshold.set(tree.threshold, at);
    forest.left.set(tree.left, at);
    forest.missingLeft.set(tree.missingLeft, at);
    forest.cover.set(tree.cover, at);
    forest.leafValues.set(tree.leafValues, leafOffsets[t]! * shape.leafWidth);
    forest.impurityDecrease.set(tree.impurityDecrease, t * shape.features);
  });
  return forest;
}
