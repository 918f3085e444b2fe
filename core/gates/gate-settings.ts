/** What a figure may be; an end that is not named is open. Both ends are allowed values. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Groups of held-out rows by the values of a column. */
export interface SliceColumn {
  readonly column: string;
  /** Only so many of its values, those with the most rows. Default: all. */
  readonly largest?: number;
}

/** No group of rows may be served much worse than the whole. */
export interface SliceSettings {
  readonly by: readonly SliceColumn[];
  /**
   * A slice's relative loss (Σ absolute error / Σ |truth|; for classification the share of wrong classes) may be so many
   * times that of all rows.
   */
  readonly maxRatio: number;
  /** Share by which a slice's mean loss may exceed the incumbent's in it. */
  readonly maxIncrease: number;
  /** Smaller slices say nothing. Default 20. */
  readonly minRows?: number;
}

/** What a trained model must show before it may be deployed. */
export interface GateSettings {
  /** Bounds on hold-out figures by name: `{ r2: { min: 0.7 } }`, `{ accuracy: { min: 0.93 }, logLoss: { max: 0.3 } }`. */
  readonly metrics: Readonly<Record<string, Bounds>>;
  /**
   * Share by which the mean loss (absolute error; for classification the share of wrong classes) may exceed the
   * incumbent's on the same rows. 0.05 = 5 %. It counts only where chance does not explain it.
   */
  readonly maxLossIncrease: number;
  readonly slices?: SliceSettings;
  /**
   * How much of the target one input alone may explain (R²; for classification the share of the errors of always
   * answering the largest class that it avoids): above this the input most likely tells the answer. Default 0.98.
   */
  readonly maxSingleFeature?: number;
  /** Regression: what may be predicted. Default: the range of the training rows, half as wide again on both sides. */
  readonly predictions?: Bounds;
  /** Mean time to encode and predict one row, in microseconds. Default 500. */
  readonly maxLatencyUs?: number;
}
