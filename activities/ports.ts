import type { TableFormat } from '../core/batch/plan-chunks.js';
import type { DatasetProfile } from '../core/dataset/profile.js';
import type { Row } from '../core/dataset/row.js';
import type { ConceptEvidence } from '../core/drift/judge-concept.js';
import type { Forest } from '../core/forest/forest.js';
import type { ForestOptions } from '../core/forest/forest-options.js';
import type { Matrix } from '../core/forest/matrix.js';
import type { TrainingSet } from '../core/forest/training-set.js';
import type { Notification } from '../core/notifications/notification.js';
import type { ModelProject } from '../core/project.js';
import type { Manifest } from '../core/registry/manifest.js';
import type { Slot, VersionKind } from '../core/registry/version.js';
import type { FoldFit } from '../core/training/fold-score.js';
import type { TreeRange } from '../core/training/plan-shards.js';
import type { Hyperparameters } from '../core/training/training-settings.js';

export type * from './experiment-ports.js';

/** Objects by key in one bucket (S3). */
export interface ObjectStore {
  /** @throws {ConflictError} with `onlyIfNew` when the key exists */
  put(key: string, body: Uint8Array, options?: { contentType?: string; onlyIfNew?: boolean }): Promise<void>;
  /** @throws {NotFoundError} when there is no such key */
  get(key: string): Promise<Uint8Array>;
  /** Bytes from `start` up to, without, `end`. @throws {NotFoundError} */
  getRange(key: string, start: number, end: number): Promise<Uint8Array>;
  /** Bytes of the object. @throws {NotFoundError} */
  size(key: string): Promise<number>;
  /** Writes an object of any length, a part at a time. */
  putStream(key: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<void>;
  list(prefix: string): Promise<string[]>;
  copy(from: string, to: string): Promise<void>;
  /** @returns how many objects were deleted */
  deletePrefix(prefix: string): Promise<number>;
}

/** Model versions as checked folders of files. */
export interface ArtifactStore {
  /** Writes the files, then the manifest. Writing the same version again replaces it whole. */
  write(
    prefix: string,
    version: { project: string; version: string; createdAt: string; files: Readonly<Record<string, Uint8Array>> },
  ): Promise<Manifest>;
  /** @throws {ArtifactInvalidError} when the version was never finished */
  readManifest(prefix: string): Promise<Manifest>;
  /** @throws {ArtifactInvalidError} when the file is not what the manifest says */
  readFile(prefix: string, name: string, manifest?: Manifest): Promise<Uint8Array>;
  delete(prefix: string): Promise<number>;
}

export type ModelState = 'registered' | 'staged' | 'candidate' | 'production' | 'retired' | 'rejected' | 'deleted';

export interface ModelVersion {
  readonly project: string;
  readonly version: string;
  readonly kind: VersionKind;
  readonly number: number;
  readonly state: ModelState;
  readonly artifactPrefix: string;
  readonly datasetNumber: number | null;
  readonly parentVersion: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly lineage: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/** Versions and their states. Numbers are never given out twice. */
export interface ModelRegistry {
  /** The next number of this kind as a new version; the same key always gets the same version. */
  reserve(reservation: {
    project: string;
    prefix: string;
    kind: VersionKind;
    parentVersion: string | null;
    idempotencyKey: string;
  }): Promise<ModelVersion>;
  describe(
    project: string,
    version: string,
    facts: {
      datasetNumber?: number | null;
      metrics?: Readonly<Record<string, number>>;
      hyperparameters?: Readonly<Record<string, unknown>>;
      lineage?: Readonly<Record<string, unknown>>;
    },
  ): Promise<void>;
  setState(project: string, version: string, state: ModelState): Promise<void>;
  /** @throws {NotFoundError} */
  get(project: string, version: string): Promise<ModelVersion>;
  list(project: string, page: { limit: number; before?: Date | undefined }): Promise<ModelVersion[]>;
}

export interface DatasetSnapshot {
  readonly project: string;
  readonly number: number;
  readonly key: string;
  readonly rows: number;
  readonly sha256: string;
  readonly profile: DatasetProfile;
  /** Every actual_price feedback up to this id is in the snapshot. */
  readonly feedbackThrough: number;
}

export interface DatasetRegistry {
  /** The snapshot this key made before, if it did. */
  find(idempotencyKey: string): Promise<DatasetSnapshot | null>;
  nextNumber(project: string): Promise<number>;
  record(snapshot: DatasetSnapshot, idempotencyKey: string): Promise<void>;
  latest(project: string): Promise<DatasetSnapshot | null>;
  /** Actual values people told, with the input they were told for, oldest first. */
  actualValues(project: string): Promise<{ feedbackId: number; input: Row; value: number | string }[]>;
}

/** One running process that serves a slot or routes traffic. */
export interface Instance {
  readonly id: string;
  readonly role: Slot | 'router';
  readonly address: string;
  readonly generation: number;
  readonly version: string | null;
  /** Why it does not serve what it should … */
  readonly error: string | null;
  /** … and the generation that this is about. */
  readonly refusedGeneration: number | null;
  readonly seenAt: Date;
}

export interface SlotState {
  readonly slot: Slot;
  readonly version: string | null;
  readonly generation: number;
}

export interface DeploymentCause {
  readonly reason: string;
  readonly actor: string;
  readonly workflowId: string | null;
}

export interface SlotStore {
  get(project: string, slot: Slot): Promise<SlotState>;
  /**
   * Puts a version (or nothing) into a slot, tells the instances, and records the deployment. Assigning what is
   * already there changes nothing.
   * @param expectedVersion the version that must be in the slot now (or already the new one)
   * @throws {ConflictError} when another delivery changed the slot since
   */
  assign(
    project: string,
    slot: Slot,
    version: string | null,
    expectedVersion: string | null,
    cause: DeploymentCause,
  ): Promise<SlotState>;
  /** Instances of a role heard of within the last `withinMs`. */
  instances(project: string, role: Slot | 'router', withinMs: number): Promise<Instance[]>;
}

export interface RoutingStore {
  /** Tells every router; the same content again keeps the generation. */
  set(
    project: string,
    routing: { experimentId: number | null; candidateWeightPercent: number; shadowPercent?: number },
  ): Promise<{ generation: number }>;
  /** Sends all users to production if this experiment has some of them now. */
  divert(project: string, experimentId: number): Promise<void>;
}

export interface PredictionWindow {
  readonly start: Date;
  readonly end: Date;
}

export interface PredictionReader {
  /** Predictions of one variant in the window, oldest first, a page at a time. */
  pages(
    project: string,
    variant: Slot,
    window: PredictionWindow,
    pageSize: number,
  ): AsyncIterable<readonly { input: Row; prediction: number }[]>;
  /**
   * How right a model's predictions turned out, as far as people told within the window.
   *
   * @param classes what it names, in the order of their numbers; none for a regression
   */
  outcomes(
    project: string,
    version: string,
    window: PredictionWindow,
    classes?: readonly string[],
  ): Promise<ConceptEvidence>;
}

export interface StoredDriftReport {
  readonly id: number;
  readonly project: string;
  readonly modelVersion: string;
  readonly windowStart: Date;
  readonly windowEnd: Date;
  readonly rows: number;
  readonly drifted: boolean;
  readonly score: number | null;
  readonly report: unknown;
  readonly createdAt: Date;
}

export interface DriftStore {
  record(report: Omit<StoredDriftReport, 'id' | 'createdAt'>, idempotencyKey: string): Promise<StoredDriftReport>;
  list(project: string, page: { limit: number; beforeId?: number | undefined }): Promise<StoredDriftReport[]>;
}

export interface Run {
  readonly id: string;
  readonly project: string;
  readonly kind: string;
  readonly parentId: string | null;
  readonly status: 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly error: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** One value of a metric at one step of a run: the out-of-bag score after 50 trees. */
export interface MetricStep {
  readonly name: string;
  readonly step: number;
  readonly value: number;
}

export interface RunStore {
  /** Repeated for the same id it changes nothing. A parent must have been started before. */
  start(run: {
    id: string;
    project: string;
    kind: string;
    parameters: Readonly<Record<string, unknown>>;
    parentId?: string | null;
    tags?: Readonly<Record<string, string>>;
  }): Promise<void>;
  /** Metrics over steps; a step that was told before stays as it was, values that are not finite are left out. */
  logSteps(id: string, points: readonly MetricStep[]): Promise<void>;
  finish(
    id: string,
    outcome: {
      status: 'succeeded' | 'failed' | 'cancelled';
      metrics?: Readonly<Record<string, number>>;
      error?: string | null;
    },
  ): Promise<void>;
  /** Ends the runs below this one that have not ended. */
  finishChildren(parentId: string, status: 'failed' | 'cancelled'): Promise<void>;
  list(project: string, page: { limit: number; before?: Date | undefined }): Promise<Run[]>;
}

export interface AuditEntry {
  readonly project: string | null;
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly workflowId?: string | null;
}

export interface AuditLog {
  /** Appends the entry once per key. */
  append(entry: AuditEntry, idempotencyKey: string): Promise<void>;
}

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

/** Raw training data of a project, as text. */
export interface RawDataSource {
  /** @throws {DatasetInvalidError} when the named file cannot be read */
  read(project: ModelProject): Promise<string>;
}

/** Messages to people: one delivery for each message and channel, each remembered. */
export interface NotificationSender {
  /**
   * @param onlyChannel id of the one channel to use; default: all that want it
   * @returns ids of the deliveries, one for each channel that wants the message; the same message always has the same
   */
  plan(notification: Notification, onlyChannel?: number): Promise<number[]>;
  /**
   * Sends it once; nothing when it was sent before.
   * @throws {UnavailableError} when a later attempt may help
   * @throws {InvalidInputError} when the receiver refuses it for good, or is no longer configured
   */
  deliver(deliveryId: number): Promise<void>;
  /** No further attempt will be made; a delivery that was sent stays sent. */
  giveUp(deliveryId: number, reason: string): Promise<void>;
}

export type BatchJobState = 'running' | 'succeeded' | 'failed' | 'cancelled';

/** A table that is predicted in chunks by several workers. */
export interface BatchJob {
  /** The id of its workflow. */
  readonly id: string;
  readonly project: string;
  readonly modelVersion: string;
  readonly inputKey: string;
  readonly format: TableFormat;
  readonly actor: string;
  readonly state: BatchJobState;
  /** Null until the table was looked through. */
  readonly rows: number | null;
  readonly chunks: number | null;
  readonly rowsDone: number;
  readonly chunksDone: number;
  readonly refusedRows: number;
  readonly resultKey: string | null;
  readonly errorsKey: string | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface BatchJobStore {
  /** Makes it known, once. */
  open(job: Pick<BatchJob, 'id' | 'project' | 'modelVersion' | 'inputKey' | 'format' | 'actor'>): Promise<void>;
  /** @throws {NotFoundError} */
  get(id: string): Promise<BatchJob>;
  planned(id: string, plan: { rows: number; chunks: number }): Promise<void>;
  /** What an earlier attempt at the chunk recorded, if one did. */
  chunk(id: string, index: number): Promise<{ rows: number; refused: number } | null>;
  /** Records that a chunk is done, once. */
  chunkDone(id: string, index: number, counts: { rows: number; refused: number }): Promise<void>;
  /** Ends it, once. */
  close(
    id: string,
    state: Exclude<BatchJobState, 'running'>,
    outcome: { resultKey?: string; errorsKey?: string; error?: string | null },
  ): Promise<void>;
}
