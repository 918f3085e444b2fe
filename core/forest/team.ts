/**
 * Threads that train one model together. Each holds a share of the rows and does the same steps in the same order; all
 * they tell each other are sums.
 */
export interface Team {
  readonly size: number;
  /** This member, 0 … size−1. */
  readonly index: number;
  /**
   * Replaces each number by its sum over the members. The caller sees to it that the sums are exact (whole steps, or
   * zeros from all members but one), so that they are the same whatever the size of the team.
   */
  sum(values: Float64Array): void;
}

/** One thread that has nobody to wait for. */
export const ALONE: Team = { size: 1, index: 0, sum() {} };

/** Rows are dealt out to the members in blocks of this size, so that each has a share of every stretch of sorted data. */
const BLOCK_ROWS = 1024;

/** The rows of a list that this member holds. */
export function ownRows(rows: Uint32Array, { size, index }: Team): Uint32Array {
  return size === 1 ? rows : rows.filter((_, position) => Math.floor(position / BLOCK_ROWS) % size === index);
}

/**
 * Σ |x| over the rows of a list, the same to the last bit whatever the size of the team: block by block, then the blocks.
 *
 * @param own x of each of the member's own rows
 * @param rows length of the whole list
 */
export function sumOfMagnitudes(own: Float64Array, rows: number, team: Team): number {
  const blocks = new Float64Array(Math.ceil(rows / BLOCK_ROWS));
  for (let block = team.index, i = 0; block < blocks.length; block += team.size) {
    const end = Math.min(i + BLOCK_ROWS, own.length);
    let sum = 0;
    for (; i < end; i++) sum += Math.abs(own[i]!);
    blocks[block] = sum;
  }
  team.sum(blocks);
  return blocks.reduce((total, sum) => total + sum, 0);
}
