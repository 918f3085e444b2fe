import { InvalidInputError } from '../errors.js';
import { sampleTrials } from '../forest/search-space.js';
import { type HalvingRound, planHalving } from '../forest/successive-halving.js';
import type { ModelProject } from '../project.js';
import type { SearchedAlgorithm, SearchMetric } from './search-settings.js';
import type { Hyperparameters } from './training-settings.js';

/** One set of hyperparameters to try; `trees` is that of the last round. */
export interface Trial {
  readonly algorithm: SearchedAlgorithm;
  readonly hyperparameters: Hyperparameters;
}

/** All that a search will do, drawn before it starts. */
export interface SearchPlan {
  readonly trials: readonly Trial[];
  /** `resource` is the number of trees. */
  readonly rounds: readonly HalvingRound[];
  readonly folds: number;
  readonly metric: SearchMetric;
  readonly randomState: number;
}

/** A search stays within what one history can hold and a person can wait for. */
const MOST_TRIALS = 500;
const MOST_FITS = 3_000;
const MOST_FOLDS = 20;
/** Trials are drawn from another sequence than the rows of their folds and the trees. */
const TRIAL_STREAM = 7_919;

/** Parameters that a space may name, by algorithm. */
const searchable: Readonly<Record<SearchedAlgorithm, readonly string[]>> = {
  forest: ['maxDepth', 'minSamplesLeaf', 'maxLeafNodes', 'maxFeatures'],
  boosting: ['maxDepth', 'minSamplesLeaf', 'maxLeafNodes', 'maxFeatures', 'learningRate', 'l2'],
};

/**
 * Draws the trials of a project's search. Trial 0 is what the project declares, so that a search never ends with worse
 * (in cross-validation) than no search. The same seed gives the same plan.
 *
 * @param rows training rows there are
 * @returns null when the project declares no search
 * @throws {InvalidInputError} saying which setting does not fit, and what would
 */
export function planSearch(
  { training, task }: Pick<ModelProject, 'training' | 'task'>,
  rows: number,
  randomState: number,
): SearchPlan | null {
  const { search, algorithm, hyperparameters } = training;
  if (search === undefined) return null;
  const { trials, folds = 3, minTrees, maxTrees, reduction = 3, metric, spaces } = search;
  if (!Number.isInteger(trials) || trials < 2 || trials > MOST_TRIALS) {
    throw new InvalidInputError(`search.trials must be an integer from 2 to ${MOST_TRIALS}, got ${trials}`);
  }
  if (!Number.isInteger(folds) || folds < 2 || folds > MOST_FOLDS || folds > rows) {
    throw new InvalidInputError(
      `search.folds must be an integer from 2 to ${MOST_FOLDS} and at most the ${rows} training rows, got ${folds}`,
    );
  }
  const rounds = planHalving({ trials, minResource: minTrees, maxResource: maxTrees, reduction });
  const fits = rounds.reduce((sum, round) => sum + round.trials * folds, 0);
  if (fits > MOST_FITS) {
    throw new InvalidInputError(
      `the search would fit ${fits} models, at most ${MOST_FITS} are allowed: fewer trials or folds`,
    );
  }
  const drawn = Object.entries(spaces).sort(([a], [b]) => (a < b ? -1 : 1)) as [SearchedAlgorithm, object][];
  if (drawn.length === 0) throw new InvalidInputError('search.spaces names no algorithm: forest or boosting is needed');
  const samples = drawn.map(([name]) => {
    const space = spaces[name]!;
    const unknown = Object.keys(space).find((dimension) => !searchable[name]?.includes(dimension));
    if (unknown !== undefined) {
      throw new InvalidInputError(
        `search.spaces.${name} has '${unknown}': one of ${searchable[name]?.join(', ')} is expected`,
      );
    }
    return sampleTrials(space, trials, randomState + TRIAL_STREAM).map(
      (sample): Trial => ({ algorithm: name, hyperparameters: { ...sample, trees: maxTrees } }),
    );
  });
  const own: Trial[] =
    algorithm === 'ml-random-forest' ? [] : [{ algorithm, hyperparameters: { ...hyperparameters, trees: maxTrees } }];
  const random = Array.from({ length: trials - own.length }, (_, i) => samples[i % samples.length]![i]!);
  const loss = metric ?? (task === 'regression' ? 'mae' : 'logLoss');
  return { trials: [...own, ...random], rounds, folds, metric: loss, randomState };
}
