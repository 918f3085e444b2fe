import { BLOCK_WALK_MODULE, LANES } from './block-walk-module.js';
import type { NarrowTables } from './narrow-tables.js';
import { BLOCK_ROWS } from './plan.js';
import { startModule, wholeDoubles } from './web-assembly.js';

/** A block of rows on its way through the trees of a narrow plan. */
export interface BlockWalk {
  /** Bins of the rows, shape (BLOCK_ROWS, slots). */
  readonly loaded: Uint16Array;
  /** Adds what the leaves of tree t give to the scores of the first `count` rows. */
  addTree(t: number, count: number): void;
  /** shape (BLOCK_ROWS,); rows beyond `count` hold nothing of meaning. */
  readonly scores: Float64Array;
}

type AddTree = (
  words: number,
  depth: number,
  row: number,
  rowBytes: number,
  numbers: number,
  scores: number,
  groups: number,
) => void;

/** The walk over many rows, in WebAssembly: the tables lie in its memory, behind each other, each from a multiple of 8. */
export function createBlockWalk(
  { words, numbers, depths }: NarrowTables,
  treeOffsets: Uint32Array,
  slots: number,
): BlockWalk {
  const rowBytes = 2 * slots;
  const numbersAt = wholeDoubles(4 * words.length);
  const scoresAt = numbersAt + 8 * numbers.length;
  const loadedAt = scoresAt + 8 * BLOCK_ROWS;
  const { buffer, functions } = startModule<{ readonly addTree: AddTree }>(
    BLOCK_WALK_MODULE,
    loadedAt + rowBytes * BLOCK_ROWS,
  );
  new Uint32Array(buffer, 0, words.length).set(words);
  new Float64Array(buffer, numbersAt, numbers.length).set(numbers);
  return {
    loaded: new Uint16Array(buffer, loadedAt, slots * BLOCK_ROWS),
    scores: new Float64Array(buffer, scoresAt, BLOCK_ROWS),
    addTree(t, count) {
      const first = treeOffsets[t]!;
      const groups = Math.ceil(count / LANES);
      functions.addTree(4 * first, depths[t]!, loadedAt, rowBytes, numbersAt + 8 * first, scoresAt, groups);
    },
  };
}
