import type { Pool } from 'pg';
import type { Slot } from '../../core/registry/version.js';

export interface BatchStart {
  readonly project: string;
  readonly modelVersion: string;
  readonly variant: Slot;
  readonly userId: string | null;
  readonly requestId: string | null;
}

/** Batches as one row each: begun before a row is read, finished before the first answer leaves. */
export interface BatchStore {
  begin(batch: BatchStart): Promise<number>;
  finish(id: number, state: 'succeeded' | 'failed', rows: number, refusedRows: number): Promise<void>;
}

export function createBatchStore(pool: Pool): BatchStore {
  return {
    async begin({ project, modelVersion, variant, userId, requestId }) {
      const { rows } = await pool.query<{ id: number }>(
        `insert into prediction_batches (project, model_version, variant, user_id, request_id, state)
         values ($1, $2, $3, $4, $5, 'running') returning id`,
        [project, modelVersion, variant, userId, requestId],
      );
      return rows[0]!.id;
    },
    async finish(id, state, rows, refusedRows) {
      await pool.query(
        `update prediction_batches set state = $2, rows = $3, refused_rows = $4, ended_at = clock_timestamp()
         where id = $1 and state = 'running'`,
        [id, state, rows, refusedRows],
      );
    },
  };
}
