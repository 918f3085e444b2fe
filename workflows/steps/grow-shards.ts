import type { TrainRequest } from '../../activities/training/training-deps.js';
import { fanned, heavy } from '../activity-proxies.js';
import { inParallel } from './in-parallel.js';

/** How many parts of a forest are grown. */
export interface ShardProgress {
  readonly done: number;
  readonly shards: number;
}

/**
 * Grows a large forest in parts, each by whichever worker is free.
 *
 * @param tell receives the progress
 * @returns keys of the parts; none when one worker does it as well
 */
export async function growShards(request: TrainRequest, tell: (progress: ShardProgress) => void): Promise<string[]> {
  const prepared = await heavy.prepareShards(request);
  if (prepared === null) return [];
  const { key: shards, ranges } = prepared;
  let done = 0;
  tell({ done, shards: ranges.length });
  return inParallel(ranges, ranges.length, async (range) => {
    const part = await fanned.growShard({ shards, range });
    tell({ done: ++done, shards: ranges.length });
    return part;
  });
}
