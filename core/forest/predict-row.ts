import { classOf } from './class-link.js';
import type { Forest } from './forest.js';
import { rawScores } from './raw-scores.js';

/**
 * Predicts one row without allocating.
 *
 * @param row shape (features,), NaN = missing
 * @returns the value, in the target's unit; for classification the most probable class
 * @throws {InvalidInputError} when the row has another number of features
 */
export function predictRow(forest: Forest, row: Float64Array): number {
  const scores = rawScores(forest, row);
  return forest.task === 'regression' ? scores[0]! : classOf(forest, scores, 0);
}
