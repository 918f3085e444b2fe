/**
 * A forest compiled for prediction. `loadRow` and `loadBlock` turn rows into the form that nodes compare with; walking
 * then finds each row's leaf without a branch per node. Scratch memory belongs to the plan: nothing is allocated per
 * row. What a walk gives per leaf is its value where leaves hold one number, else the leaf's index over all leaves.
 */
export interface Plan {
  /** Takes one row, shape (features,), NaN = missing. */
  loadRow(row: Float64Array): void;
  /** Writes what the loaded row's leaf gives, for every tree; shape (trees,). */
  walkRow(out: Float64Array): void;
  /** Takes rows [from, from + count) of a column-major matrix; count ≤ BLOCK_ROWS. */
  loadBlock(data: Float64Array | Float32Array, rows: number, from: number, count: number): void;
  /** Adds what each loaded row's leaf gives in trees first, first + step, … to `out`, shape (≥ count,), tree by tree. */
  addBlock(first: number, step: number, out: Float64Array, count: number): void;
}

/** Rows per block: their loaded form and one tree stay in the first-level cache. */
export const BLOCK_ROWS = 512;
