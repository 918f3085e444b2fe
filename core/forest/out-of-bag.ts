import { InvalidInputError } from '../errors.js';
import { drawRows, treeRandom } from './bootstrap.js';
import { classOf } from './class-link.js';
import type { Forest } from './forest.js';
import type { ForestOptions } from './forest-options.js';
import type { Matrix } from './matrix.js';
import { BLOCK_ROWS } from './plan.js';
import { planOf } from './plan-of.js';
import { prepareOptions } from './prepare-options.js';
import { scorePredictions } from './score-predictions.js';

export interface OutOfBag {
  /** R², or the share of right classes, over the rows that some tree did not see. */
  readonly score: number;
  /** Prediction of each row by the trees that did not see it; NaN where every tree did. Shape (rows,). */
  readonly predictions: Float64Array;
}

/** Trees whose draws are held at a time: one bit per row and tree. */
const TREES_AT_ONCE = 32;

/**
 * Judges a forest on its own training rows: each row is predicted by the trees that did not draw it. Which those are
 * is drawn again from the seed.
 *
 * @param X the rows the forest was trained on @param y their target @param options those it was trained with
 * @throws {InvalidInputError} when the forest was trained without bootstrap, or the shapes do not fit
 */
export function outOfBag(forest: Forest, X: Matrix, y: Float64Array, options: ForestOptions): OutOfBag {
  const { bootstrap, randomState, sampleWeight } = prepareOptions(options, y, X.rows, X.columns);
  if (!bootstrap || forest.algorithm !== 'forest') {
    throw new InvalidInputError('only a forest trained with bootstrap has out-of-bag rows');
  }
  if (X.columns !== forest.features) {
    throw new InvalidInputError(`expected ${forest.features} features, X has ${X.columns} columns`);
  }
  const { leafWidth, leafValues } = forest;
  const { plan } = planOf(forest);
  const sums = new Float64Array(X.rows * leafWidth);
  const votes = new Uint32Array(X.rows);
  const counts = new Uint16Array(X.rows);
  const drawn = new Uint32Array(X.rows);
  const leaves = new Float64Array(BLOCK_ROWS);
  for (let first = 0; first < forest.trees; first += TREES_AT_ONCE) {
    const last = Math.min(forest.trees, first + TREES_AT_ONCE);
    drawn.fill(0);
    for (let t = first; t < last; t++) {
      drawRows(counts, treeRandom(randomState, forest.firstTree + t), bootstrap, sampleWeight);
      for (let r = 0; r < X.rows; r++) if (counts[r]! > 0) drawn[r]! |= 1 << (t - first);
    }
    for (let from = 0; from < X.rows; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, X.rows - from);
      plan.loadBlock(X.data, X.rows, from, count);
      for (let t = first; t < last; t++) {
        leaves.fill(0);
        plan.addBlock(t, forest.trees, leaves, count);
        for (let i = 0; i < count; i++) {
          const r = from + i;
          if (((drawn[r]! >>> (t - first)) & 1) === 1) continue;
          votes[r]! += 1;
          const number = leaves[i]!;
          if (leafWidth === 1) sums[r]! += number;
          else for (let k = 0; k < leafWidth; k++) sums[r * leafWidth + k]! += leafValues[number * leafWidth + k]!;
        }
      }
    }
  }
  const predictions = new Float64Array(X.rows);
  for (let r = 0; r < X.rows; r++) {
    if (votes[r] === 0) predictions[r] = Number.NaN;
    else predictions[r] = forest.task === 'regression' ? sums[r]! / votes[r]! : classOf(forest, sums, r * leafWidth);
  }
  return { score: scorePredictions(forest.task, y, predictions), predictions };
}
