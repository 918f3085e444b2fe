import { binMatrix } from './bin-matrix.js';
import { boostTrees } from './boost-trees.js';
import { type BoostingOptions, resolveBoostingOptions } from './boosting-options.js';
import type { Forest } from './forest.js';
import { checkShape, type Matrix } from './matrix.js';

/**
 * Trains gradient boosted histogram trees: squared error for regression, logistic loss for two classes, multinomial
 * loss for more. Deterministic: the same seed and data give the same model bit for bit.
 *
 * @param X shape (rows, features), NaN = missing
 * @param y shape (rows,): the target, or class indices 0 … classes−1
 * @throws {InvalidInputError} naming the option or value at fault and what is allowed
 * @see Friedman 2001, "Greedy function approximation: a gradient boosting machine"
 */
export function fitBoosting(X: Matrix, y: Float64Array, options: BoostingOptions): Forest {
  checkShape(X);
  const { maxBins } = resolveBoostingOptions(options, X.columns);
  return boostTrees(binMatrix(X, maxBins), y, options);
}
