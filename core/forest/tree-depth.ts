import { type Forest, LEAF } from './forest.js';

/** Splits on the longest way from the root of tree t to a leaf; 0 for a single leaf. */
export function treeDepth(forest: Forest, t: number): number {
  const base = forest.treeOffsets[t]!;
  const nodes = forest.treeOffsets[t + 1]! - base;
  const depth = new Uint16Array(nodes);
  let deepest = 0;
  // children come after their parent, so one pass in order meets every parent first
  for (let node = 0; node < nodes; node++) {
    if (forest.feature[base + node] === LEAF) {
      deepest = Math.max(deepest, depth[node]!);
    } else {
      const left = forest.left[base + node]!;
      depth[left] = depth[node]! + 1;
      depth[left + 1] = depth[node]! + 1;
    }
  }
  return deepest;
}

/** What a walk gives at each node that is a leaf: its value, or its index when leaves hold several; shape (nodes,). */
export function leafNumbers(forest: Forest): Float64Array {
  const numbers = new Float64Array(forest.feature.length);
  for (let t = 0; t < forest.trees; t++) {
    for (let node = forest.treeOffsets[t]!; node < forest.treeOffsets[t + 1]!; node++) {
      if (forest.feature[node] !== LEAF) continue;
      const leaf = forest.leafOffsets[t]! + forest.left[node]!;
      numbers[node] = forest.leafWidth === 1 ? forest.leafValues[leaf]! : leaf;
    }
  }
  return numbers;
}
