import { InvalidInputError } from '../errors.js';
import type { Forest } from './forest.js';
import type { Matrix } from './matrix.js';
import { BLOCK_ROWS } from './plan.js';
import { planOf } from './plan-of.js';

/**
 * Raw scores of rows in blocks: `visit` gets each block's scores, shape (count, outputs), in a reused array.
 * Trees are added in the same order as for a single row, so both agree bit for bit.
 */
export function batchScores(
  forest: Forest,
  X: Matrix,
  visit: (scores: Float64Array, from: number, count: number) => void,
): void {
  if (X.columns !== forest.features) {
    throw new InvalidInputError(`expected ${forest.features} features, X has ${X.columns} columns`);
  }
  if (X.data.length !== X.rows * X.columns) {
    throw new InvalidInputError(`X of shape (${X.rows}, ${X.columns}) does not hold ${X.data.length} values`);
  }
  const { plan } = planOf(forest);
  const outputs = forest.baseline.length;
  const leaves = new Uint32Array(BLOCK_ROWS);
  const scores = new Float64Array(BLOCK_ROWS * outputs);
  for (let from = 0; from < X.rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, X.rows - from);
    plan.loadBlock(X.data, X.rows, from, count);
    for (let i = 0; i < count; i++) scores.set(forest.baseline, i * outputs);
    for (let t = 0; t < forest.trees; t++) {
      plan.walkBlock(t, leaves, count);
      addTree(forest, t, leaves, count, scores, outputs);
    }
    if (forest.algorithm === 'forest') for (let i = 0; i < count * outputs; i++) scores[i]! /= forest.trees;
    visit(scores, from, count);
  }
}

function addTree(
  forest: Forest,
  t: number,
  leaves: Uint32Array,
  count: number,
  scores: Float64Array,
  outputs: number,
): void {
  const { leafValues, leafWidth } = forest;
  if (leafWidth === 1) {
    let at = t % outputs;
    for (let i = 0; i < count; i++, at += outputs) scores[at]! += leafValues[leaves[i]!]!;
  } else {
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < leafWidth; k++) scores[i * outputs + k]! += leafValues[leaves[i]! * leafWidth + k]!;
    }
  }
}
