/** Where evidence of drift begins. */
export interface DriftLines {
  /** Fewer current values than this are `insufficient_data`. */
  readonly minRows: number;
  /** Adjusted p-values below this count. */
  readonly alpha: number;
  /** Wasserstein distance in reference standard deviations from which a numeric change matters. */
  readonly wasserstein: number;
  /** Jensen-Shannon distance from which a change of categories matters. */
  readonly jensenShannon: number;
  /** Population stability index, less its expectation under no change. */
  readonly psiWarn: number;
  readonly psiDrift: number;
  /** An effect this many times its line is severe: one day of it is enough. */
  readonly severeFactor: number;
  /** Rise of the share of missing, unseen or out-of-range values that matters, 0.05 = five points. */
  readonly qualityIncrease: number;
  /** Fewer reported prices or ratings than this are `insufficient_data`. */
  readonly minOutcomes: number;
  /** Rise of the mean relative error, as a share of the reference's, that matters. */
  readonly errorIncrease: number;
  /** Fall of the mean rating, in points, that matters. */
  readonly ratingFall: number;
}

export const DEFAULT_DRIFT_LINES: DriftLines = {
  minRows: 100,
  alpha: 0.05,
  wasserstein: 0.1,
  jensenShannon: 0.1,
  psiWarn: 0.1,
  psiDrift: 0.25,
  severeFactor: 5,
  qualityIncrease: 0.05,
  minOutcomes: 30,
  errorIncrease: 0.2,
  ratingFall: 0.3,
};
