import { InvalidInputError } from '../errors.js';
import { linkClasses } from './class-link.js';
import type { Forest } from './forest.js';
import { rawScores } from './raw-scores.js';

/**
 * Class probabilities of one row; they sum to 1.
 *
 * @param row shape (features,), NaN = missing
 * @param out shape (classes,), written and returned
 * @throws {InvalidInputError} for a regression model, or a row or `out` of another length
 */
export function predictProba(
  forest: Forest,
  row: Float64Array,
  out: Float64Array = new Float64Array(forest.classes),
): Float64Array {
  if (forest.task !== 'classification') throw new InvalidInputError('a regression model has no class probabilities');
  if (out.length !== forest.classes) {
    throw new InvalidInputError(`out must hold ${forest.classes} values, got ${out.length}`);
  }
  linkClasses(forest, rawScores(forest, row), 0, out, 0);
  return out;
}
