import type { Algorithm } from './training-settings.js';

/** Trees `from` … `to`−1 of a forest. */
export interface TreeRange {
  readonly from: number;
  readonly to: number;
}

export interface ShardQuestion {
  readonly algorithm: Algorithm;
  readonly rows: number;
  readonly trees: number;
  /** Rows × trees from which parts pay. Default 20,000,000: some seconds on one thread. */
  readonly minRowTrees?: number | undefined;
}

const DEFAULT_MIN_ROW_TREES = 20_000_000;
/** A part is worth the way to another worker from this share of that on. */
const PART = 4;
const MOST_SHARDS = 32;

/**
 * Whether a forest is grown in parts by several workers, and in which. The trees of boosting follow on one another and
 * cannot be shared out.
 *
 * @returns ranges that follow on one another and cover all trees; none: one worker grows them all
 */
export function planShards({
  algorithm,
  rows,
  trees,
  minRowTrees = DEFAULT_MIN_ROW_TREES,
}: ShardQuestion): TreeRange[] {
  const work = rows * trees;
  if (algorithm !== 'forest' || work < minRowTrees || trees < 2) return [];
  const shards = Math.max(2, Math.min(MOST_SHARDS, trees, Math.floor((work * PART) / minRowTrees)));
  return Array.from({ length: shards }, (_, i) => ({
    from: Math.floor((i * trees) / shards),
    to: Math.floor(((i + 1) * trees) / shards),
  }));
}
