import { InvalidInputError } from '../errors.js';
import { batchScores } from './batch-scores.js';
import { linkClasses } from './class-link.js';
import type { Forest } from './forest.js';
import type { Matrix } from './matrix.js';

/**
 * Class probabilities of every row of X.
 *
 * @param X shape (rows, features), NaN = missing
 * @param out row-major, shape (rows, classes), written and returned
 * @throws {InvalidInputError} for a regression model, or when a shape does not fit
 */
export function predictProbaBatch(
  forest: Forest,
  X: Matrix,
  out: Float64Array = new Float64Array(X.rows * forest.classes),
): Float64Array {
  const { classes } = forest;
  if (forest.task !== 'classification') throw new InvalidInputError('a regression model has no class probabilities');
  if (out.length !== X.rows * classes) {
    throw new InvalidInputError(`out must hold ${X.rows} × ${classes} values, got ${out.length}`);
  }
  const outputs = forest.baseline.length;
  batchScores(forest, X, (scores, from, count) => {
    for (let i = 0; i < count; i++) linkClasses(forest, scores, i * outputs, out, (from + i) * classes);
  });
  return out;
}
