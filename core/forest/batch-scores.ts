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
  // one stretch of scores per output, so that a tree of one value per leaf adds to neighbours
  const scores = new Float64Array(BLOCK_ROWS * outputs);
  const ofOutput = Array.from({ length: outputs }, (_, k) => scores.subarray(k * BLOCK_ROWS, (k + 1) * BLOCK_ROWS));
  const leaves = new Float64Array(BLOCK_ROWS);
  const rowMajor = outputs === 1 ? scores : new Float64Array(BLOCK_ROWS * outputs);
  for (let from = 0; from < X.rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, X.rows - from);
    plan.loadBlock(X.data, X.rows, from, count);
    ofOutput.forEach((scoresOfOutput, k) => {
      scoresOfOutput.fill(forest.baseline[k]!);
    });
    if (forest.leafWidth === 1) {
      for (let k = 0; k < outputs; k++) plan.addBlock(k, outputs, ofOutput[k]!, count);
    } else {
      for (let t = 0; t < forest.trees; t++) {
        leaves.fill(0);
        plan.addBlock(t, forest.trees, leaves, count);
        addLeaves(forest, leaves, count, ofOutput);
      }
    }
    if (forest.algorithm === 'forest') for (let i = 0; i < scores.length; i++) scores[i]! /= forest.trees;
    if (outputs > 1) {
      for (let k = 0; k < outputs; k++) {
        for (let i = 0; i < count; i++) rowMajor[i * outputs + k] = scores[k * BLOCK_ROWS + i]!;
      }
    }
    visit(rowMajor, from, count);
  }
}

/** Adds the values of leaves that hold one per output. */
function addLeaves(forest: Forest, leaves: Float64Array, count: number, ofOutput: readonly Float64Array[]): void {
  const { leafValues, leafWidth } = forest;
  for (let k = 0; k < leafWidth; k++) {
    const scores = ofOutput[k]!;
    for (let i = 0; i < count; i++) scores[i]! += leafValues[leaves[i]! * leafWidth + k]!;
  }
}
