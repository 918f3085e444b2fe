/** Marks a leaf in `Forest.feature`. */
export const LEAF = 0xffff;

/**
 * Trees in flat arrays, one entry per node, the trees one after another. A node is named by its index within its tree;
 * node 0 is the root and the right child follows the left one. A row goes left when its value is ≤ the threshold.
 *
 * A forest averages its trees; boosting adds them to the baseline (and then links: logistic or softmax).
 */
export interface Forest {
  readonly algorithm: 'forest' | 'boosting';
  readonly task: 'regression' | 'classification';
  readonly features: number;
  /** 0 for regression. */
  readonly classes: number;
  readonly trees: number;
  /** Index of the first tree: 0 for a whole forest, more for a part that awaits `mergeTrees`. */
  readonly firstTree: number;
  /** Numbers per leaf: the classes' probabilities in a classification forest, else 1. */
  readonly leafWidth: number;
  /** Raw score before any tree: zeros for a forest; for boosting one per tree of an iteration. */
  readonly baseline: Float64Array;
  /** First node of each tree and, last, the number of nodes; shape (trees + 1,). */
  readonly treeOffsets: Uint32Array;
  /** First leaf of each tree and, last, the number of leaves; shape (trees + 1,). */
  readonly leafOffsets: Uint32Array;
  /** Feature tested, or LEAF. */
  readonly feature: Uint16Array;
  /** Largest value that goes left; 0 in leaves. */
  readonly threshold: Float64Array;
  /** Left child within the tree; in a leaf, the leaf's index within the tree. */
  readonly left: Uint32Array;
  /** 1 when a missing value (NaN) goes left. */
  readonly missingLeft: Uint8Array;
  /** Weighted training rows that reached the node. */
  readonly cover: Float64Array;
  /** shape (leaves × leafWidth,) */
  readonly leafValues: Float64Array;
  /** Impurity decrease per tree and feature, in rows × impurity; shape (trees × features,). */
  readonly impurityDecrease: Float64Array;
}
