import type { Forest } from './forest.js';

/**
 * Impurity importances: the share of each feature in the impurity decrease of a tree, averaged over the trees that
 * split at all (scikit-learn's `feature_importances_`). Boosting's later trees have less left to explain, so there the
 * decreases are summed up as they are.
 *
 * @returns shape (features,), sums to 1; all zeros when no tree splits
 */
export function impurityImportances(forest: Forest): Float64Array {
  const { features, trees, impurityDecrease } = forest;
  const shares = new Float64Array(features);
  for (let t = 0; t < trees; t++) {
    let sum = 0;
    for (let f = 0; f < features; f++) sum += impurityDecrease[t * features + f]!;
    if (forest.algorithm === 'boosting') sum = 1;
    if (sum > 0) for (let f = 0; f < features; f++) shares[f]! += impurityDecrease[t * features + f]! / sum;
  }
  const total = shares.reduce((a, b) => a + b, 0);
  return total > 0 ? shares.map((share) => share / total) : shares;
}
