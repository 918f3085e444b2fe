import { Context } from '@temporalio/activity';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { binMatrix } from '../../core/forest/bin-matrix.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import { encodeForest } from '../../core/forest/encode-forest.js';
import type { Forest } from '../../core/forest/forest.js';
import { mergeTrees } from '../../core/forest/merge-trees.js';
import type { ModelProject } from '../../core/project.js';
import { planShards, type TreeRange } from '../../core/training/plan-shards.js';
import type { TrainerOptions } from '../ports.js';
import { workFolder } from './search-document.js';
import { trainedWith, trainerOptions } from './trainer-options.js';
import type { TrainingDeps, TrainRequest } from './training-deps.js';
import { readTrainingRows } from './training-rows.js';
import { withHeartbeat } from './with-heartbeat.js';

/** Parts of one forest to be grown, each by whichever worker is free. */
export interface PreparedShards {
  /** Key of what every part needs to know. */
  readonly key: string;
  readonly ranges: readonly TreeRange[];
}

export interface ShardRequest {
  /** Key of the prepared shards. */
  readonly shards: string;
  readonly range: TreeRange;
}

/** What a worker needs that only grows parts. */
export type ShardDeps = Pick<TrainingDeps, 'objects' | 'trainingSets' | 'threads'>;

/** The file that `PreparedShards.key` names. */
export interface ShardsDocument {
  readonly set: string;
  readonly options: TrainerOptions;
  readonly folder: string;
}

/** The bins of a training are those `fitForest` makes. */
const MAX_BINS = 256;

/** Decides whether parts pay; if so, writes what they need. */
export async function prepareShards(
  deps: TrainingDeps,
  project: ModelProject,
  request: TrainRequest,
): Promise<PreparedShards | null> {
  const { algorithm, hyperparameters } = await trainedWith(deps, project, request);
  const { minRowTrees } = project.training;
  const question = { algorithm, trees: hyperparameters.trees, minRowTrees };
  // the snapshot has more rows than are trained on: when it is too small, so are they
  if (planShards({ ...question, rows: request.dataset.rows }).length === 0) return null;
  const { train, trainTarget, labels } = await readTrainingRows(deps, project, request.dataset);
  const ranges = planShards({ ...question, rows: train.length });
  if (ranges.length === 0) return null;
  Context.current().heartbeat('encoding');
  const X = encodeRows(fitEncoder(project.features, train, trainTarget), train);
  Context.current().heartbeat('binning');
  const folder = workFolder(project, request.runId);
  const set = await deps.trainingSets.put(folder, {
    binned: binMatrix(X, MAX_BINS),
    y: trainTarget,
    sampleWeight: null,
  });
  const options = trainerOptions(project, { hyperparameters }, labels.length, request.randomState);
  const document: ShardsDocument = { set, options, folder };
  const key = `${folder}shards.json`;
  await deps.objects.put(key, Buffer.from(JSON.stringify(document)), { contentType: 'application/json' });
  return { key, ranges };
}

/**
 * Grows one part and writes it.
 *
 * @returns its key
 */
export async function growShard(deps: ShardDeps, { shards, range }: ShardRequest): Promise<string> {
  const {
    set: setKey,
    options,
    folder,
  } = JSON.parse(new TextDecoder().decode(await deps.objects.get(shards))) as ShardsDocument;
  const set = await deps.trainingSets.get(setKey);
  const signal = Context.current().cancellationSignal;
  const part = await withHeartbeat(
    (onProgress) => deps.threads.growShard(set, options, range, { signal, onProgress }),
    range.to - range.from,
  );
  const key = `${folder}trees-${range.from}-${range.to}.bin`;
  await deps.objects.put(key, encodeForest(part), { contentType: 'application/octet-stream' });
  return key;
}

/**
 * The forest that the parts make, bit for bit what one worker would have grown.
 *
 * @throws {InvalidInputError} when trees are missing
 */
export async function mergeShards(
  { objects }: Pick<TrainingDeps, 'objects'>,
  keys: readonly string[],
): Promise<Forest> {
  const parts: Forest[] = [];
  for (const key of keys) {
    Context.current().heartbeat({ partsRead: parts.length, parts: keys.length });
    parts.push(decodeForest(await objects.get(key)));
  }
  return mergeTrees(parts);
}
