/** What a figure may be; an end that is not named is open. Both ends are allowed values. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
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
}
