import { type Forest, LEAF } from '../../../core/forest/forest.js';

/** A tree as scikit-learn holds it; children −1 mark a leaf. */
export interface SklearnTree {
  left: number[];
  right: number[];
  feature: number[];
  threshold: number[];
  cover: number[];
  value: number[][];
}

/** A scikit-learn forest as ours: nodes are renumbered so that a right child follows the left one. */
export function forestFromArrays(trees: readonly SklearnTree[], features: number, classes: number): Forest {
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const cover: number[] = [];
  const leafValues: number[] = [];
  const treeOffsets = [0];
  const leafOffsets = [0];
  const leafWidth = Math.max(1, classes);
  for (const tree of trees) {
    const order = [0];
    let leaves = 0;
    for (let i = 0; i < order.length; i++) {
      const node = order[i]!;
      const isLeaf = tree.left[node]! < 0;
      feature.push(isLeaf ? LEAF : tree.feature[node]!);
      threshold.push(isLeaf ? 0 : tree.threshold[node]!);
      cover.push(tree.cover[node]!);
      left.push(isLeaf ? leaves++ : order.length);
      if (isLeaf) leafValues.push(...tree.value[node]!);
      else order.push(tree.left[node]!, tree.right[node]!);
    }
    treeOffsets.push(feature.length);
    leafOffsets.push(leafOffsets.at(-1)! + leaves);
  }
  return {
    algorithm: 'forest',
    task: classes > 0 ? 'classification' : 'regression',
    features,
    classes,
    trees: trees.length,
    firstTree: 0,
    leafWidth,
    baseline: new Float64Array(leafWidth),
    treeOffsets: Uint32Array.from(treeOffsets),
    leafOffsets: Uint32Array.from(leafOffsets),
    feature: Uint16Array.from(feature),
    threshold: Float64Array.from(threshold),
    left: Uint32Array.from(left),
    missingLeft: new Uint8Array(feature.length),
    cover: Float64Array.from(cover),
    leafValues: Float64Array.from(leafValues),
    impurityDecrease: new Float64Array(trees.length * features),
  };
}
