import type { Pool } from 'pg';
import type { BatchJob, BatchJobStore } from '../../activities/ports.js';
import { NotFoundError } from '../../core/errors.js';
import type { KeysetList } from './lists/keyset-list.js';

interface BatchJobRow {
  id: string;
  project: string;
  model_version: string;
  input_key: string;
  format: BatchJob['format'];
  actor: string;
  state: BatchJob['state'];
  rows: number | null;
  chunks: number | null;
  rows_done: number;
  chunks_done: number;
  refused_rows: number;
  result_key: string | null;
  errors_key: string | null;
  error: string | null;
  created_at: Date;
  ended_at: Date | null;
}

function toBatchJob(row: BatchJobRow): BatchJob {
  return {
    id: row.id,
    project: row.project,
    modelVersion: row.model_version,
    inputKey: row.input_key,
    format: row.format,
    actor: row.actor,
    state: row.state,
    rows: row.rows,
    chunks: row.chunks,
    rowsDone: row.rows_done,
    chunksDone: row.chunks_done,
    refusedRows: row.refused_rows,
    resultKey: row.result_key,
    errorsKey: row.errors_key,
    error: row.error,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

export const batchJobList: KeysetList<BatchJobRow, BatchJob> = {
  table: 'batch_jobs',
  time: 'created_at',
  key: { column: 'id', type: 'text' },
  filters: { project: 'project', state: 'state' },
  map: toBatchJob,
};

export function createBatchJobStore(pool: Pool): BatchJobStore {
  return {
    async open({ id, project, modelVersion, inputKey, format, actor }) {
      await pool.query(
        `insert into batch_jobs (id, project, model_version, input_key, format, actor) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing`,
        [id, project, modelVersion, inputKey, format, actor],
      );
    },

    async get(id) {
      const { rows } = await pool.query<BatchJobRow>('select * from batch_jobs where id = $1', [id]);
      if (!rows[0]) throw new NotFoundError(`there is no batch job ${id}`);
      return toBatchJob(rows[0]);
    },

    async planned(id, { rows, chunks }) {
      await pool.query('update batch_jobs set rows = $2, chunks = $3 where id = $1', [id, rows, chunks]);
    },

    async chunk(id, index) {
      const { rows } = await pool.query<{ rows: number; refused: number }>(
        'select rows, refused from batch_job_chunks where job_id = $1 and chunk = $2',
        [id, index],
      );
      return rows[0] ?? null;
    },

    async chunkDone(id, index, { rows, refused }) {
      await pool.query(
        `with done as (
           insert into batch_job_chunks (job_id, chunk, rows, refused) values ($1, $2, $3, $4)
           on conflict do nothing returning rows, refused
         )
         update batch_jobs set chunks_done = chunks_done + 1, rows_done = rows_done + done.rows,
           refused_rows = refused_rows + done.refused
         from done where id = $1`,
        [id, index, rows, refused],
      );
    },

    async close(id, state, { resultKey = null, errorsKey = null, error = null }) {
      await pool.query(
        `update batch_jobs set state = $2, result_key = $3, errors_key = $4, error = $5, ended_at = now()
         where id = $1 and state = 'running'`,
        [id, state, resultKey, errorsKey, error],
      );
    },
  };
}
