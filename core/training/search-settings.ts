import type { SearchSpace } from '../forest/search-space.js';

/** Algorithms that a search may choose from. */
export type SearchedAlgorithm = 'forest' | 'boosting';

/** Losses that trials are compared by; smaller is better. */
export type SearchMetric = 'mae' | 'rmse' | 'logLoss' | 'error';

/** How hyperparameters are searched: random trials, cross-validated, thinned out by successive halving. */
export interface SearchSettings {
  /** Trials of the first round, the project's own hyperparameters among them; 2 … 500. */
  readonly trials: number;
  /** Parts of the cross-validation, 2 … 20. Default 3. */
  readonly folds?: number;
  /** Trees of a trial in the first round and in the last. The winner is trained with the latter. */
  readonly minTrees: number;
  readonly maxTrees: number;
  /** Each round keeps one trial in so many. Default 3. */
  readonly reduction?: number;
  /** Default: mae for regression, logLoss for classification. */
  readonly metric?: SearchMetric;
  /** What to draw from, by algorithm; trials take turns between the algorithms. `trees` is not searched: see above. */
  readonly spaces: Readonly<Partial<Record<SearchedAlgorithm, SearchSpace>>>;
}
