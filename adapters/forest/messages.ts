import type { BinnedDataset } from '../../core/forest/binned-dataset.js';
import type { BoostingOptions } from '../../core/forest/boosting-options.js';
import type { Forest } from '../../core/forest/forest.js';
import type { ForestOptions, ResolvedForestOptions } from '../../core/forest/forest-options.js';
import type { Matrix } from '../../core/forest/matrix.js';
import type { TrainingSet } from '../../core/forest/training-set.js';
import type { FoldFit } from '../../core/training/fold-score.js';

import type { Meeting } from './thread-team.js';

/** Places in the shared control words of a job. */
export const NEXT = 0;
export const CANCELLED = 1;
export const CONTROL_WORDS = 2;

/** Bin columns, each claimed by raising `control[NEXT]`. All arrays lie in shared memory. */
export interface BinJob {
  readonly kind: 'bin';
  readonly control: Int32Array;
  readonly X: Matrix;
  readonly maxBins: number;
  readonly bins: Uint8Array;
  readonly hasMissing: Uint8Array;
}

/** Grow trees, each claimed by raising `control[NEXT]`. All arrays lie in shared memory. */
export interface GrowJob {
  readonly kind: 'grow';
  readonly control: Int32Array;
  readonly binned: BinnedDataset;
  readonly y: Float64Array;
  readonly options: ResolvedForestOptions;
}

/** Boost a model, alone or as one of the threads of a team. All arrays lie in shared memory. */
export interface BoostJob {
  readonly kind: 'boost';
  readonly control: Int32Array;
  readonly binned: BinnedDataset;
  readonly y: Float64Array;
  readonly options: BoostingOptions;
  /** null: alone. */
  readonly meeting: Meeting | null;
}

/** Grow one range of a forest's trees on one thread. All arrays lie in shared memory. */
export interface ShardJob {
  readonly kind: 'shard';
  readonly control: Int32Array;
  readonly set: TrainingSet;
  readonly options: ForestOptions;
  readonly from: number;
  readonly to: number;
}

/** Score one fold of a trial on one thread. All arrays lie in shared memory. */
export interface FoldJob {
  readonly kind: 'fold';
  readonly control: Int32Array;
  readonly set: TrainingSet;
  readonly fit: FoldFit;
}

export type Job = BinJob | GrowJob | BoostJob | ShardJob | FoldJob;

/** What a thread sends: progress while it works, then exactly one of done and failed. */
export type Reply =
  | { readonly kind: 'progress' }
  | { readonly kind: 'binned'; readonly edges: ReadonlyArray<readonly [column: number, edges: Float64Array]> }
  | { readonly kind: 'grown'; readonly parts: readonly Forest[] }
  | { readonly kind: 'boosted'; readonly forest: Forest }
  /** From every member of a team but the first: they have the same forest. */
  | { readonly kind: 'helped' }
  | { readonly kind: 'scored'; readonly score: number }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };
