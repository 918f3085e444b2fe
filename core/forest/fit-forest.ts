import { binMatrix } from './bin-matrix.js';
import type { Forest } from './forest.js';
import type { ForestOptions } from './forest-options.js';
import { createTreeShard } from './grow-trees.js';
import type { Matrix } from './matrix.js';
import { prepareOptions } from './prepare-options.js';

/**
 * Trains a random forest of histogram CART trees (variance for regression, Gini for classification).
 * The same seed and data give the same forest bit for bit, on any number of threads.
 *
 * @param X shape (rows, features), NaN = missing
 * @param y shape (rows,): the target, or class indices 0 … classes−1
 * @throws {InvalidInputError} naming the option or value at fault and what is allowed
 * @see Breiman 2001, "Random Forests"
 */
export function fitForest(X: Matrix, y: Float64Array, options: ForestOptions): Forest {
  const resolved = prepareOptions(options, y, X.rows, X.columns);
  return createTreeShard(binMatrix(X, resolved.maxBins), y, resolved)(0, resolved.trees);
}
