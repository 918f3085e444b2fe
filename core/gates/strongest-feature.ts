import { binMatrix } from '../forest/bin-matrix.js';
import { growTrees } from '../forest/grow-trees.js';
import { kFold } from '../forest/k-fold.js';
import type { Matrix } from '../forest/matrix.js';
import { predictBatch } from '../forest/predict-batch.js';
import { scorePredictions } from '../forest/score-predictions.js';
import { matrixOfBins, selectRows } from '../forest/training-set.js';

/** The input that explains most of the target on its own. */
export interface StrongestFeature {
  readonly name: string;
  /** R²; for classification the share of the errors of always answering the largest class that it avoids. */
  readonly score: number;
}

/** Enough to see what one input explains. */
const MOST_ROWS = 5_000;
const FOLDS = 5;
const DEPTH = 8;

/**
 * Scores each input alone: one small tree, cross-validated.
 *
 * @param X shape (rows, features) @param y shape (rows,): values or class numbers
 * @param names one per feature
 * @param classes 0 for regression
 * @returns null with fewer rows than a cross-validation takes
 */
export function strongestFeature(
  X: Matrix,
  y: Float64Array,
  names: readonly string[],
  classes: number,
): StrongestFeature | null {
  const step = Math.ceil(X.rows / MOST_ROWS);
  const rows = Math.ceil(X.rows / step);
  if (rows < 2 * FOLDS) return null;
  const target = Float64Array.from({ length: rows }, (_, i) => y[i * step]!);
  const task = classes > 0 ? 'classification' : 'regression';
  const folds = kFold(rows, FOLDS, 0, classes > 0 ? target : undefined);
  const options = {
    task,
    ...(classes > 0 ? { classes } : {}),
    trees: 1,
    bootstrap: false,
    maxDepth: DEPTH,
    minSamplesLeaf: Math.max(1, Math.floor(rows / 200)),
    maxFeatures: 'all',
  } as const;
  const predictions = new Float64Array(rows);
  const scored = names.map((name, c): StrongestFeature => {
    const column = Float64Array.from({ length: rows }, (_, i) => X.data[c * X.rows + i * step]!);
    const set = { binned: binMatrix({ data: column, rows, columns: 1 }, 256), y: target, sampleWeight: null };
    for (const { train, test } of folds) {
      const part = selectRows(set, train);
      const forest = growTrees(part.binned, part.y, options, 0, 1);
      const found = predictBatch(forest, matrixOfBins(selectRows(set, test).binned));
      test.forEach((r, i) => {
        predictions[r] = found[i]!;
      });
    }
    const score = scorePredictions(task, target, predictions);
    return { name, score: classes > 0 ? skill(score, target, classes) : score };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best));
}

/** Accuracy above that of always answering the largest class, as a share of what is possible. */
function skill(accuracy: number, y: Float64Array, classes: number): number {
  const counts = new Uint32Array(classes);
  for (const k of y) counts[k]! += 1;
  const largest = Math.max(...counts) / y.length;
  return largest === 1 ? 0 : (accuracy - largest) / (1 - largest);
}
