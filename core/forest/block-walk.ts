import { BLOCK_WALK_MODULE, LANES } from './block-walk-module.js';
import type { NarrowTables } from './narrow-tables.js';
import { BLOCK_ROWS } from './plan.js';

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

/** What is used of WebAssembly: its types come with those of browsers, which core/ does without. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

const PAGE_BYTES = 65_536;
let compiled: object | undefined;

/** The walk over many rows, in WebAssembly: the tables lie in its memory, behind each other, each from a multiple of 8. */
export function createBlockWalk(
  { words, numbers, depths }: NarrowTables,
  treeOffsets: Uint32Array,
  slots: number,
): BlockWalk {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(BLOCK_WALK_MODULE), (byte) => byte.charCodeAt(0)));
  const rowBytes = 2 * slots;
  const numbersAt = 8 * Math.ceil((4 * words.length) / 8);
  const scoresAt = numbersAt + 8 * numbers.length;
  const loadedAt = scoresAt + 8 * BLOCK_ROWS;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((loadedAt + rowBytes * BLOCK_ROWS) / PAGE_BYTES) });
  const { buffer } = memory;
  new Uint32Array(buffer, 0, words.length).set(words);
  new Float64Array(buffer, numbersAt, numbers.length).set(numbers);
  const { exports } = new WebAssembly.Instance(compiled, { forest: { memory } });
  const addTree = exports.addTree as AddTree;
  return {
    loaded: new Uint16Array(buffer, loadedAt, slots * BLOCK_ROWS),
    scores: new Float64Array(buffer, scoresAt, BLOCK_ROWS),
    addTree(t, count) {
      const first = treeOffsets[t]!;
      const groups = Math.ceil(count / LANES);
      addTree(4 * first, depths[t]!, loadedAt, rowBytes, numbersAt + 8 * first, scoresAt, groups);
    },
  };
}
