/**
 * The loss that boosting lowers. For each output, a tree fits s = −gradient with the hessian w as weight.
 */
export interface BoostingObjective {
  readonly outputs: number;
  /** True when w is 1 for every row, so that a histogram need not sum it up. */
  readonly unitWeights: boolean;
  /** Raw scores to start from; shape (outputs,). */
  readonly baseline: Float64Array;
  /** What a leaf's value is multiplied with for the target's unit. */
  readonly scale: number;
  /** Starts to score the given rows, from the baseline. */
  on(rows: Uint32Array): ScoredRows;
}

/** Rows and how the trees made so far score them. */
export interface ScoredRows {
  /** Sum of the trees' steps, one output after another: `raw[k * count + i]` is of the i-th row. */
  readonly raw: Float64Array;
  /** Called once before the trees of an iteration. */
  prepare(): void;
  /** Writes s and w of output k; both of shape (count,), w null where all are 1. */
  fill(k: number, s: Float64Array, w: Float64Array | null): void;
  /** Writes the loss of each row, times its weight. */
  losses(out: Float64Array): void;
}

/** Values of the given rows. */
export function take(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

/** The weights of the given rows, all 1 when there are none. */
export function takeWeights(sampleWeight: Float64Array | null, rows: Uint32Array): Float64Array {
  return sampleWeight === null ? new Float64Array(rows.length).fill(1) : take(sampleWeight, rows);
}
