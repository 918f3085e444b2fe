import type { Forest } from '../../core/forest/forest.js';
import type { ForestOptions } from '../../core/forest/forest-options.js';
import type { Matrix } from '../../core/forest/matrix.js';
import type { TrainingSet } from '../../core/forest/training-set.js';
import type { FoldFit } from '../../core/training/fold-score.js';
import type { TreeRange } from '../../core/training/plan-shards.js';
import type { Hyperparameters } from '../../core/training/training-settings.js';

/** What a trainer is told besides the data. */
export interface TrainerOptions extends Hyperparameters {
  readonly task: 'regression' | 'classification';
  /** Classification: the target holds 0 … classes−1. */
  readonly classes?: number;
  readonly randomState: number;
}

/** Trains one algorithm's models, on threads where there are some. */
export interface ForestTrainer {
  fit(
    X: Matrix,
    y: Float64Array,
    options: TrainerOptions,
    control: { signal: AbortSignal; onProgress: (treesDone: number) => void },
  ): Promise<Forest>;
}

/** Work of a training that one thread does alone, on a set in shared memory. */
export interface TrainingThreads {
  /** How much of this work goes on at a time. */
  readonly threads: number;
  /** Trees from … to−1 of a forest; merge the parts with `mergeTrees`. */
  growShard(
    set: TrainingSet,
    options: ForestOptions,
    range: TreeRange,
    control: { signal: AbortSignal; onProgress: (treesDone: number) => void },
  ): Promise<Forest>;
  /** Score of one fold of a trial; larger is better. */
  scoreFold(
    set: TrainingSet,
    fit: FoldFit,
    control: { signal: AbortSignal; onProgress: (treesDone: number) => void },
  ): Promise<number>;
}

/** Binned training sets, shared between the steps of a training. */
export interface TrainingSetStore {
  /** Writes the set below a folder (ends with /); the same content gets the same key. */
  put(folder: string, set: TrainingSet): Promise<string>;
  /** The set in shared memory, read once per process. @throws {NotFoundError} @throws {ArtifactInvalidError} */
  get(key: string): Promise<TrainingSet>;
}
