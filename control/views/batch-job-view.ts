import { z } from 'zod';
import type { BatchJob } from '../../activities/ports.js';
import type { Job } from '../../adapters/temporal/job-reader.js';
import { instant, iso, isoOrNull } from './fields.js';

export const batchStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

export const batchJobSchema = z
  .object({
    job_id: z.string(),
    project: z.string(),
    state: z.enum(batchStates),
    model_version: z.string().nullable().describe('The version that answers all of it'),
    input_key: z.string().nullable().describe('Of the table, in the bucket'),
    format: z.enum(['csv', 'ndjson']).nullable(),
    rows: z.int().nullable().describe('Null until the table was looked through'),
    rows_done: z.int(),
    refused_rows: z.int().describe('Rows without a prediction; the file of errors says why'),
    chunks: z.int().nullable(),
    chunks_done: z.int(),
    progress: z.number().min(0).max(1),
    result_key: z.string().nullable(),
    errors_key: z.string().nullable(),
    error: z.string().nullable(),
    actor: z.string().nullable(),
    created_at: instant,
    ended_at: instant.nullable(),
  })
  .meta({ id: 'BatchJob' });

type BatchJobView = z.input<typeof batchJobSchema>;

export function batchJobView(job: BatchJob): BatchJobView {
  const share = job.rows ? job.rowsDone / job.rows : 0;
  return {
    job_id: job.id,
    project: job.project,
    state: job.state,
    model_version: job.modelVersion,
    input_key: job.inputKey,
    format: job.format,
    rows: job.rows,
    rows_done: job.rowsDone,
    refused_rows: job.refusedRows,
    chunks: job.chunks,
    chunks_done: job.chunksDone,
    progress: job.state === 'succeeded' ? 1 : share,
    result_key: job.resultKey,
    errors_key: job.errorsKey,
    error: job.error,
    actor: job.actor,
    created_at: iso(job.createdAt),
    ended_at: isoOrNull(job.endedAt),
  };
}

const endedAs = { failed: 'failed', timed_out: 'failed', terminated: 'failed', cancelled: 'cancelled' } as const;

/** A job that no worker has taken up yet, or that ended before one could. */
export function waitingJobView(project: string, job: Job): BatchJobView {
  const state = job.state in endedAs ? endedAs[job.state as keyof typeof endedAs] : 'queued';
  return {
    job_id: job.workflowId,
    project,
    state,
    model_version: null,
    input_key: null,
    format: null,
    rows: null,
    rows_done: 0,
    refused_rows: 0,
    chunks: null,
    chunks_done: 0,
    progress: 0,
    result_key: null,
    errors_key: null,
    error: job.error,
    actor: null,
    created_at: iso(job.startedAt),
    ended_at: isoOrNull(job.endedAt),
  };
}
