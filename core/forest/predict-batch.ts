import { InvalidInputError } from '../errors.js';
import { batchScores } from './batch-scores.js';
import { classOf } from './class-link.js';
import type { Forest } from './forest.js';
import type { Matrix } from './matrix.js';

/**
 * Predicts every row of X: values, or the most probable classes. Equal to `predictRow` on each row, bit for bit.
 *
 * @param X shape (rows, features), NaN = missing
 * @param out shape (rows,), written and returned
 * @throws {InvalidInputError} when a shape does not fit
 */
export function predictBatch(forest: Forest, X: Matrix, out: Float64Array = new Float64Array(X.rows)): Float64Array {
  if (out.length !== X.rows) throw new InvalidInputError(`out must hold ${X.rows} values, got ${out.length}`);
  const outputs = forest.baseline.length;
  batchScores(forest, X, (scores, from, count) => {
    if (forest.task === 'regression') {
      for (let i = 0; i < count; i++) out[from + i] = scores[i]!;
    } else {
      for (let i = 0; i < count; i++) out[from + i] = classOf(forest, scores, i * outputs);
    }
  });
  return out;
}
