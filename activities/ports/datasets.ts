import type { DatasetProfile } from '../../core/dataset/profile.js';
import type { Row } from '../../core/dataset/row.js';
import type { ModelProject } from '../../core/project.js';

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

/** Raw training data of a project, as text. */
export interface RawDataSource {
  /** @throws {DatasetInvalidError} when the named file cannot be read */
  read(project: ModelProject): Promise<string>;
}
