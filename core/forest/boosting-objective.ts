/**
 * The loss that boosting lowers. Raw scores lie one output after another: `raw[k * rows + r]`.
 * For each output, a tree fits s = −gradient with the hessian w as weight.
 */
export interface BoostingObjective {
  readonly outputs: number;
  /** True when w is 1 for every row, so that a histogram need not sum it up. */
  readonly unitWeights: boolean;
  /** Raw scores to start from; shape (outputs,). */
  readonly baseline: Float64Array;
  /** What a leaf's value is multiplied with for the target's unit. */
  readonly scale: number;
  /** Called once before the trees of an iteration. */
  prepare(raw: Float64Array, rows: Uint32Array): void;
  /** Writes (s, w) of output k into `rowStats`, shape (all rows, 2), for the given rows. */
  fill(k: number, raw: Float64Array, rows: Uint32Array, rowStats: Float64Array): void;
  /** Mean loss of the given rows. */
  loss(raw: Float64Array, rows: Uint32Array): number;
}

/** The weight of every row, all 1 when there are none. */
export function weightsOrOnes(sampleWeight: Float64Array | null, rows: number): Float64Array {
  return sampleWeight ?? new Float64Array(rows).fill(1);
}
