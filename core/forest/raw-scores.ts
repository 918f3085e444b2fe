import { InvalidInputError } from '../errors.js';
import type { Forest } from './forest.js';
import { planOf } from './plan-of.js';

/**
 * Scores of one row before any link: the mean over a forest's trees (one number, or one per class), or boosting's
 * baseline plus its trees (one number, or one per class when there are more than two).
 *
 * @returns the forest's scratch, shape (outputs,): read it before the next call
 * @throws {InvalidInputError} when the row has another number of features
 */
export function rawScores(forest: Forest, row: Float64Array): Float64Array {
  if (row.length !== forest.features) {
    throw new InvalidInputError(`expected a row of ${forest.features} features, got ${row.length}`);
  }
  const { plan, reached, scores } = planOf(forest);
  const { leafWidth, leafValues, trees } = forest;
  const outputs = scores.length;
  plan.loadRow(row);
  plan.walkRow(reached);
  if (outputs === 1) {
    let sum = forest.baseline[0]!;
    for (let t = 0; t < trees; t++) sum += reached[t]!;
    scores[0] = sum;
  } else {
    scores.set(forest.baseline);
    for (let t = 0; t < trees; t++) {
      const number = reached[t]!;
      if (leafWidth === 1) scores[t % outputs]! += number;
      else for (let k = 0; k < outputs; k++) scores[k]! += leafValues[number * leafWidth + k]!;
    }
  }
  if (forest.algorithm === 'forest') for (let k = 0; k < outputs; k++) scores[k]! /= trees;
  return scores;
}
