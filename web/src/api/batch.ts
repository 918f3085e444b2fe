import { controlPath } from './control.js';
import { requestJson } from './http.js';

export interface BatchJobView {
  readonly job_id: string;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly model_version: string | null;
  readonly format: 'csv' | 'ndjson' | null;
  readonly rows: number | null;
  readonly rows_done: number;
  readonly refused_rows: number;
  /** 0..1. */
  readonly progress: number;
  readonly result_key: string | null;
  readonly errors_key: string | null;
  readonly error: string | null;
  readonly actor: string | null;
  readonly created_at: string;
}

/** Predicts every row of a table: CSV with a header, or one JSON object a line. */
export function startBatchJob(project: string, file: File): Promise<{ job_id: string }> {
  const type = /\.(ndjson|jsonl)$/i.test(file.name) ? 'application/x-ndjson' : 'text/csv';
  return requestJson(controlPath('predict/batch/jobs', { project }), {
    method: 'POST',
    body: new Blob([file], { type }),
  });
}

export const cancelBatchJob = (id: string): Promise<unknown> =>
  requestJson(controlPath(`predict/batch/jobs/${encodeURIComponent(id)}/cancel`), { method: 'POST', body: {} });

/** Address of a finished job's file. */
export const batchFile = (id: string, file: 'result' | 'errors'): string =>
  controlPath(`predict/batch/jobs/${encodeURIComponent(id)}/${file}`);
