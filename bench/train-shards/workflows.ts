import type { TrainRequest } from '../../activities/training/training-deps.js';
import { growShards } from '../../workflows/steps/grow-shards.js';

/** The product's own step, alone. */
export async function growForest(): Promise<string[]> {
  return growShards({} as TrainRequest, () => undefined);
}
