import { InvalidInputError } from '../errors.js';
import { boostTrees } from '../forest/boost-trees.js';
import type { Forest } from '../forest/forest.js';
import { growTrees } from '../forest/grow-trees.js';
import { type FoldRows, kFold } from '../forest/k-fold.js';
import { matrixOfBins, selectRows, type TrainingSet } from '../forest/training-set.js';
import { evaluateOutputs } from './evaluate-outputs.js';
import { modelOutputs } from './model-outputs.js';
import type { Trial } from './plan-search.js';
import type { SearchMetric } from './search-settings.js';

/** One fold of one trial. */
export interface FoldFit extends Trial {
  readonly task: 'regression' | 'classification';
  readonly classes: number;
  /** Trees (or iterations) of this round. */
  readonly trees: number;
  readonly metric: SearchMetric;
  readonly folds: number;
  readonly fold: number;
  readonly randomState: number;
}

/** The parts of a cross-validation; classes are in each in their proportion. */
export function searchFolds(
  task: 'regression' | 'classification',
  y: Float64Array,
  folds: number,
  randomState: number,
): FoldRows[] {
  return kFold(y.length, folds, randomState, task === 'classification' ? y : undefined);
}

/**
 * Trains on all parts but one and scores on that one.
 *
 * @param set all training rows, encoded by what the fold's training rows tell
 * @param onTree called after every tree; what it throws ends the fit
 * @returns minus the loss: larger is better
 * @throws {InvalidInputError} when the hyperparameters do not fit the data
 */
export function foldScore(set: TrainingSet, fit: FoldFit, onTree: () => void): number {
  const { task, classes, metric, folds, fold, randomState } = fit;
  const parts = searchFolds(task, set.y, folds, randomState)[fold];
  if (parts === undefined) throw new InvalidInputError(`there is no fold ${fold} of ${folds}`);
  const test = selectRows(set, parts.test);
  const forest = trainOn(selectRows(set, parts.train), fit, onTree);
  const labels = Array.from({ length: classes }, (_, k) => String(k));
  const metrics = evaluateOutputs(test.y, modelOutputs(forest, matrixOfBins(test.binned), labels));
  return -(metric === 'error' ? 1 - metrics.accuracy! : metrics[metric]!);
}

function trainOn({ binned, y }: TrainingSet, fit: FoldFit, onTree: () => void): Forest {
  const { task, classes, algorithm, hyperparameters, trees, randomState } = fit;
  const { trees: _, ...rest } = hyperparameters;
  const options = { ...rest, task, randomState, ...(task === 'classification' ? { classes } : {}) };
  if (algorithm === 'forest') return growTrees(binned, y, { ...options, trees }, 0, trees, onTree);
  return boostTrees(binned, y, { ...options, iterations: trees }, () => {
    onTree();
    return true;
  });
}
