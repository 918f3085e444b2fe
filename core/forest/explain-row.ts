import { InvalidInputError } from '../errors.js';
import { type Forest, LEAF } from './forest.js';
import { treeDepth } from './tree-depth.js';
import { TreeShap } from './tree-shap.js';

/**
 * Why a model answers what it answers. For each output, the base value and the contributions of all features add up to
 * the raw score: the prediction itself for regression; a class's probability for a classification forest; the log-odds
 * of class 1, or one score per class, for boosted classification.
 */
export interface Explanation {
  /** The mean raw score over the training rows; shape (outputs,). */
  readonly baseValues: Float64Array;
  /** Contribution of feature f to output k: `contributions[f * outputs + k]`; shape (features, outputs). */
  readonly contributions: Float64Array;
}

const prepared = new WeakMap<Forest, { shap: TreeShap; baseValues: Float64Array }>();

/**
 * Exact path-dependent TreeSHAP values of one row.
 *
 * @param row shape (features,), NaN = missing
 * @throws {InvalidInputError} when the row has another number of features
 */
export function explainRow(forest: Forest, row: Float64Array): Explanation {
  const { features, trees, algorithm } = forest;
  if (row.length !== features) throw new InvalidInputError(`expected a row of ${features} features, got ${row.length}`);
  let found = prepared.get(forest);
  if (found === undefined) {
    let deepest = 0;
    for (let t = 0; t < trees; t++) deepest = Math.max(deepest, treeDepth(forest, t));
    found = { shap: new TreeShap(forest, deepest), baseValues: meanScores(forest) };
    prepared.set(forest, found);
  }
  const outputs = forest.baseline.length;
  const contributions = new Float64Array(features * outputs);
  for (let t = 0; t < trees; t++) found.shap.add(t, row, contributions, t % outputs);
  if (algorithm === 'forest') for (let i = 0; i < contributions.length; i++) contributions[i]! /= trees;
  return { baseValues: found.baseValues.slice(), contributions };
}

/** The raw scores averaged over the training rows, from the cover of the leaves. */
function meanScores(forest: Forest): Float64Array {
  const { leafWidth, trees, baseline, algorithm } = forest;
  const outputs = baseline.length;
  const sums = new Float64Array(outputs);
  for (let t = 0; t < trees; t++) {
    const base = forest.treeOffsets[t]!;
    for (let node = base; node < forest.treeOffsets[t + 1]!; node++) {
      if (forest.feature[node] !== LEAF) continue;
      const share = forest.cover[node]! / forest.cover[base]!;
      const leaf = (forest.leafOffsets[t]! + forest.left[node]!) * leafWidth;
      for (let k = 0; k < leafWidth; k++)
        sums[leafWidth === 1 ? t % outputs : k]! += share * forest.leafValues[leaf + k]!;
    }
  }
  return sums.map((sum, k) => baseline[k]! + (algorithm === 'forest' ? sum / trees : sum));
}
