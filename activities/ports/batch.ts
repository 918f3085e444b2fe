import type { TableFormat } from '../../core/batch/plan-chunks.js';

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
