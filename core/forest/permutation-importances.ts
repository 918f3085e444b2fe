import { InvalidInputError } from '../errors.js';
import type { Forest } from './forest.js';
import type { Matrix } from './matrix.js';
import { predictBatch } from './predict-batch.js';
import { RandomStream } from './random.js';
import { scorePredictions } from './score-predictions.js';

export interface PermutationImportances {
  /** Mean loss of score (R² or share of right classes) when the feature's values are shuffled; shape (features,). */
  readonly mean: Float64Array;
  /** Standard deviation over the repeats (population); shape (features,). */
  readonly deviation: Float64Array;
}

/**
 * How much worse the model predicts rows whose values of one feature were shuffled among them; best measured on rows
 * it was not trained on.
 *
 * @param X shape (rows, features) @param y shape (rows,)
 * @throws {InvalidInputError} when a shape or `repeats` does not fit
 * @see Breiman 2001; scikit-learn's `permutation_importance`
 */
export function permutationImportances(
  forest: Forest,
  X: Matrix,
  y: Float64Array,
  { repeats = 5, randomState = 0 }: { readonly repeats?: number; readonly randomState?: number } = {},
): PermutationImportances {
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new InvalidInputError(`repeats must be an integer from 1, got ${repeats}`);
  }
  if (y.length !== X.rows) throw new InvalidInputError(`y has ${y.length} values for ${X.rows} rows of X`);
  const { rows, columns } = X;
  const predictions: Float64Array = predictBatch(forest, X);
  const score = scorePredictions(forest.task, y, predictions);
  const shuffled = { data: Float64Array.from(X.data), rows, columns };
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns);
  for (let c = 0; c < columns; c++) {
    const column: Float64Array = shuffled.data.subarray(c * rows, (c + 1) * rows);
    const original = column.slice();
    const random = new RandomStream(randomState, c);
    const losses = Array.from({ length: repeats }, () => {
      shuffle(column, random);
      return score - scorePredictions(forest.task, y, predictBatch(forest, shuffled, predictions));
    });
    column.set(original);
    mean[c] = losses.reduce((a, b) => a + b, 0) / repeats;
    deviation[c] = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean[c]!) ** 2, 0) / repeats);
  }
  return { mean, deviation };
}

function shuffle(values: Float64Array, random: RandomStream): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}
