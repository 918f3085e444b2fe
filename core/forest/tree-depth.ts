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

/** Index of every node's leaf over all leaves of the forest (0 for inner nodes); shape (nodes,). */
export function leafIndices(forest: Forest): Uint32Array {
  const indices = new Uint32Array(forest.feature.length);
  for (let t = 0; t < forest.trees; t++) {
    for (let node = forest.treeOffsets[t]!; node < forest.treeOffsets[t + 1]!; node++) {
      if (forest.feature[node] === LEAF) indices[node] = forest.leafOffsets[t]! + forest.left[node]!;
    }
  }
  return indices;
}
