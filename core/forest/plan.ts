/**
 * A forest compiled for prediction. `loadRows` turns rows into the form the nodes compare with, in blocks; walking then
 * gives each row's leaf without a branch per node. Scratch memory belongs to the plan: nothing is allocated per row.
 */
export interface Plan {
  /** Takes one row, shape (features,), NaN = missing. */
  loadRow(row: Float64Array): void;
  /** Leaf (over all leaves of the forest) that the loaded row reaches in every tree; shape (trees,). */
  walkRow(leaves: Uint32Array): void;
  /** Takes rows [from, from + count) of a column-major matrix; count ≤ BLOCK_ROWS. */
  loadBlock(data: Float64Array | Float32Array, rows: number, from: number, count: number): void;
  /** Leaf of each row of the loaded block in tree t; shape (count,). */
  walkBlock(t: number, leaves: Uint32Array, count: number): void;
}

/** Rows per block: their loaded form and one tree stay in the first-level cache. */
export const BLOCK_ROWS = 512;
