import { availableParallelism } from 'node:os';
import { InvalidInputError } from '../../core/errors.js';
import { type BinnedDataset, joinColumns, rowStride } from '../../core/forest/binned-dataset.js';
import { type BoostingOptions, resolveBoostingOptions } from '../../core/forest/boosting-options.js';
import type { Forest } from '../../core/forest/forest.js';
import type { ForestOptions } from '../../core/forest/forest-options.js';
import { checkShape, type Matrix } from '../../core/forest/matrix.js';
import { mergeTrees } from '../../core/forest/merge-trees.js';
import { prepareOptions } from '../../core/forest/prepare-options.js';
import { toShared } from '../../core/forest/shared-matrix.js';
import { shareSet, type TrainingSet } from '../../core/forest/training-set.js';
import type { FoldFit } from '../../core/training/fold-score.js';
import type { TreeRange } from '../../core/training/plan-shards.js';
import { ForestThread } from './forest-thread.js';
import { CANCELLED, CONTROL_WORDS, type Job, type Reply } from './messages.js';
import { createMeeting } from './thread-team.js';

export interface FitControl {
  /** Stops the fit within one tree; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after every tree with the number of trees grown so far. */
  readonly onProgress?: (treesDone: number) => void;
}

/** With fewer values each, threads that grow a tree together would wait for each other more than they save. */
const CELLS_PER_MEMBER = 1_000_000;

/** A fixed set of worker threads that train forests, one fit after another. */
export interface ForestThreads {
  readonly threads: number;
  /** As `fitForest`, bit for bit, without blocking the caller's thread. */
  fit(X: Matrix, y: Float64Array, options: ForestOptions, control?: FitControl): Promise<Forest>;
  /** As `fitBoosting`, bit for bit: all threads bin the columns; on large data they also grow each tree together. */
  boost(X: Matrix, y: Float64Array, options: BoostingOptions, control?: FitControl): Promise<Forest>;
  /** Trees from … to−1 of the forest that `fit` would grow, as `growTrees`, on one of the threads. */
  growShard(set: TrainingSet, options: ForestOptions, range: TreeRange, control?: FitControl): Promise<Forest>;
  /** As `foldScore`, on one of the threads. */
  scoreFold(set: TrainingSet, fit: FoldFit, control?: FitControl): Promise<number>;
  close(): Promise<void>;
}

/**
 * @param threads 1 … 256; default: as many as there are cores
 * @param cellsPerMember values of X from which on it is worth that one more thread helps to boost a model
 */
export function createForestThreads(
  threads = availableParallelism(),
  cellsPerMember = CELLS_PER_MEMBER,
): ForestThreads {
  if (!Number.isInteger(threads) || threads < 1 || threads > 256) {
    throw new InvalidInputError(`threads must be an integer from 1 to 256, got ${threads}`);
  }
  const pool = Array.from({ length: threads }, () => new ForestThread());
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<Forest>) => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
  return {
    threads,
    fit: (X, y, options, control = {}) => inTurn(() => fitOn(pool, X, y, options, control)),
    boost: (X, y, options, control = {}) => boostOn(pool, cellsPerMember, X, y, options, control),
    async growShard(set, options, { from, to }, control = {}) {
      const job = { kind: 'shard', set: shareSet(set), options, from, to } as const;
      const [reply] = await runOn([leastLoaded(pool)], job, control);
      return reply?.kind === 'grown' ? reply.parts[0]! : unexpected();
    },
    async scoreFold(set, fit, control = {}) {
      const [reply] = await runOn([leastLoaded(pool)], { kind: 'fold', set: shareSet(set), fit }, control);
      return reply?.kind === 'scored' ? reply.score : unexpected();
    },
    async close() {
      await Promise.all(pool.map((thread) => thread.close()));
    },
  };
}

async function fitOn(
  pool: readonly ForestThread[],
  X: Matrix,
  y: Float64Array,
  options: ForestOptions,
  control: FitControl,
): Promise<Forest> {
  control.signal?.throwIfAborted();
  checkShape(X);
  const resolved = prepareOptions(options, y, X.rows, X.columns);
  const { sampleWeight } = resolved;
  const growJob = {
    kind: 'grow',
    binned: await binOn(pool, X, resolved.maxBins, control.signal),
    y: toShared(y),
    options: { ...resolved, sampleWeight: sampleWeight && toShared(sampleWeight) },
  } as const;
  const replies = await runOn(pool, growJob, control);
  return mergeTrees(replies.flatMap((reply) => (reply.kind === 'grown' ? reply.parts : [])));
}

async function boostOn(
  pool: readonly ForestThread[],
  cellsPerMember: number,
  X: Matrix,
  y: Float64Array,
  { sampleWeight, ...options }: BoostingOptions,
  control: FitControl,
): Promise<Forest> {
  control.signal?.throwIfAborted();
  checkShape(X);
  const { maxBins } = resolveBoostingOptions(options, X.columns);
  const binned = await binOn(pool, X, maxBins, control.signal);
  const weights = sampleWeight && { sampleWeight: toShared(sampleWeight) };
  const members = teamOf(pool, Math.floor((X.rows * X.columns) / cellsPerMember));
  const meeting = members.length === 1 ? null : createMeeting(members.length);
  const job = { kind: 'boost', binned, y: toShared(y), options: { ...options, ...weights }, meeting } as const;
  const replies = await runOn(members, job, control);
  return replies.find((reply) => reply.kind === 'boosted')?.forest ?? unexpected();
}

/** The least loaded threads, at least one. */
function teamOf(pool: readonly ForestThread[], size: number): ForestThread[] {
  return pool.toSorted((a, b) => a.load - b.load).slice(0, Math.max(1, size));
}

/** Bins the columns on all threads, into shared memory. */
async function binOn(
  pool: readonly ForestThread[],
  X: Matrix,
  maxBins: number,
  signal: AbortSignal | undefined,
): Promise<BinnedDataset> {
  const bins = new Uint8Array(new SharedArrayBuffer(X.rows * rowStride(X.columns)));
  const hasMissing = new Uint8Array(new SharedArrayBuffer(X.columns));
  const job = { kind: 'bin', X: sharedCopy(X), maxBins, bins, hasMissing } as const;
  const edges: Float64Array[] = [];
  for (const reply of await runAll(pool, job, signal)) {
    if (reply.kind === 'binned') for (const [c, ofColumn] of reply.edges) edges[c] = ofColumn;
  }
  return joinColumns(X.rows, bins, hasMissing, edges);
}

/** Runs a job and counts its progress. */
function runOn(
  threads: readonly ForestThread[],
  job: DistributiveOmit<Job, 'control'>,
  { signal, onProgress }: FitControl,
): Promise<Reply[]> {
  signal?.throwIfAborted();
  let done = 0;
  return runAll(threads, job, signal, () => onProgress?.(++done));
}

function leastLoaded(pool: readonly ForestThread[]): ForestThread {
  return pool.reduce((best, thread) => (thread.load < best.load ? thread : best));
}

function unexpected(): never {
  throw new Error('a forest thread answered another question than it was asked');
}

function sharedCopy(X: Matrix): Matrix {
  if (X.data.buffer instanceof SharedArrayBuffer) return X;
  if (X.data instanceof Float64Array) return { ...X, data: toShared(X.data) };
  const data = new Float32Array(new SharedArrayBuffer(X.data.byteLength));
  data.set(X.data);
  return { ...X, data };
}

/** Sends the job to every thread and waits for all of them, also after a failure or a cancellation. */
async function runAll(
  pool: readonly ForestThread[],
  job: DistributiveOmit<Job, 'control'>,
  signal: AbortSignal | undefined,
  onProgress?: () => void,
): Promise<Reply[]> {
  const control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_WORDS));
  const cancel = () => Atomics.store(control, CANCELLED, 1);
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    const runs = pool.map((thread) => thread.run({ ...job, control }, onProgress));
    // when one fails the others need not go on: they fail too, because they were called off
    const failures: unknown[] = [];
    for (const run of runs) {
      run.catch((reason: unknown) => {
        failures.push(reason);
        cancel();
      });
    }
    const outcomes = await Promise.allSettled(runs);
    signal?.throwIfAborted();
    if (failures.length > 0) throw failures[0];
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
