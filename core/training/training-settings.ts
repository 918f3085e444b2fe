import type { MaxFeatures } from '../forest/forest-options.js';
import type { SearchedAlgorithm, SearchSettings } from './search-settings.js';

/** forest and boosting are core/forest; ml-random-forest is the npm package, for small data. */
export type Algorithm = SearchedAlgorithm | 'ml-random-forest';

/** What an algorithm is told besides the data; each reads those it knows. See core/forest for the defaults. */
export interface Hyperparameters {
  /** Trees of a forest, iterations of boosting. */
  readonly trees: number;
  readonly maxDepth?: number;
  readonly minSamplesLeaf?: number;
  readonly maxLeafNodes?: number;
  /** Features tried at each split: below 1 a share of them, from 1 on a count. */
  readonly maxFeatures?: MaxFeatures;
  /** Boosting: share of each tree's correction that is taken over, (0, 1]. */
  readonly learningRate?: number;
  /** Boosting: added to the weight of every leaf. */
  readonly l2?: number;
}

export interface TrainingSettings {
  readonly algorithm: Algorithm;
  readonly hyperparameters: Hyperparameters;
  /** Where better hyperparameters may be found; without it those above are used as they are. */
  readonly search?: SearchSettings;
  /** Rows × trees from which a forest is grown in parts by several workers. Default 20,000,000. */
  readonly minRowTrees?: number;
  /** Share of rows held out for evaluation, (0, 1). */
  readonly testRatio: number;
  /** Fewer clean rows than this stop the training. */
  readonly minRows: number;
  /** What is different for candidates; the first model is trained by what stands above. */
  readonly candidate?: { readonly algorithm?: Algorithm; readonly hyperparameters?: Hyperparameters };
}
