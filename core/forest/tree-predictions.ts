import { InvalidInputError } from '../errors.js';
import type { Forest } from './forest.js';
import { planOf } from './plan-of.js';

/**
 * What each tree of a regression forest predicts for a row; the spread tells how sure the forest is.
 *
 * @param row shape (features,), NaN = missing
 * @param out shape (trees,), written and returned
 * @throws {InvalidInputError} when the model is not a regression forest, or a length does not fit
 */
export function treePredictions(
  forest: Forest,
  row: Float64Array,
  out: Float64Array = new Float64Array(forest.trees),
): Float64Array {
  if (forest.algorithm !== 'forest' || forest.task !== 'regression') {
    throw new InvalidInputError('only the trees of a regression forest predict the target one by one');
  }
  if (row.length !== forest.features) {
    throw new InvalidInputError(`expected a row of ${forest.features} features, got ${row.length}`);
  }
  if (out.length !== forest.trees) {
    throw new InvalidInputError(`out must hold ${forest.trees} values, got ${out.length}`);
  }
  const { plan } = planOf(forest);
  plan.loadRow(row);
  plan.walkRow(out);
  return out;
}
