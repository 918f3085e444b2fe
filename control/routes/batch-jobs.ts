import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { BatchJob } from '../../activities/ports.js';
import { batchJobList, createBatchJobStore } from '../../adapters/postgres/batch-job-store.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { ConflictError, InvalidInputError, NoModelError, NotFoundError } from '../../core/errors.js';
import { batchId, projectOfBatch } from '../../core/loop/workflow-ids.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { ANSWERED, type Route, route } from '../http/route.js';
import { checkTable, keepTable, tableTypes } from '../models/accept-table.js';
import { batchJobSchema, batchJobView, batchStates, waitingJobView } from '../views/batch-job-view.js';
import { projectName, reason, versionName } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const LIMIT_BYTES = 64 * 1024 * 1024;
/** Bytes of a result that are held at a time while it is sent. */
const WINDOW_BYTES = 4 * 1024 * 1024;

const byJob = z.strictObject({
  job_id: z
    .string()
    .regex(/^[a-z0-9-]{1,63}-batch-[0-9a-f-]{36}$/, 'a job id, as POST /api/predict/batch/jobs gave it'),
});

const request = z.strictObject({
  project: projectName,
  key: z.string().min(1).max(1024).describe("Of a table in the bucket, under the project's batch folder"),
  format: z.enum(['csv', 'ndjson']).optional().describe('Told from the name when left away'),
  model_version: versionName.optional().describe('Default: the version in production when the job starts'),
});

export function batchJobRoutes({ pool, objects, project, registry, slots, loop, jobs, audit }: ControlDeps): Route[] {
  const store = createBatchJobStore(pool);

  /** @throws {NotFoundError | NoModelError} */
  async function checkModel(name: string, wanted: string | undefined): Promise<void> {
    const version = wanted ?? (await slots.get(name, 'production')).version;
    if (version === null) throw new NoModelError(`${name} has no model in production yet: train one first`);
    const { state } = await registry.get(name, version);
    if (state === 'deleted') throw new NotFoundError(`${version} of ${name} was deleted`);
  }

  /** @throws {NotFoundError} */
  async function finished(id: string, file: 'resultKey' | 'errorsKey'): Promise<{ job: BatchJob; key: string }> {
    const job = await store.get(id);
    const key = job[file];
    if (job.state !== 'succeeded' || key === null) {
      throw new ConflictError(`${id} has no files: it is ${job.state}${job.error ? ` (${job.error})` : ''}`);
    }
    return { job, key };
  }

  async function* windows(key: string, bytes: number): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes; start += WINDOW_BYTES) {
      yield await objects.getRange(key, start, Math.min(bytes, start + WINDOW_BYTES));
    }
  }

  const download = (path: string, file: 'resultKey' | 'errorsKey', summary: string): Route =>
    route({
      method: 'get',
      path: `/api/predict/batch/jobs/:job_id/${path}`,
      tag: 'batch',
      summary,
      access: 'viewer',
      params: byJob,
      answer: z.string(),
      problems: [404, 409],
      async handle({ params, response }) {
        const { job, key } = await finished(params.job_id, file);
        const bytes = await objects.size(key);
        response.writeHead(200, {
          'Content-Type': job.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
          'Content-Length': bytes,
          'Content-Disposition': `attachment; filename="${params.job_id}-${path}.${job.format}"`,
        });
        await pipeline(windows(key, bytes), response);
        return ANSWERED;
      },
    });

  return [
    route({
      method: 'post',
      path: '/api/predict/batch/jobs',
      tag: 'batch',
      summary: 'Predict a whole table',
      description: `The table is the body (CSV with a header, or NDJSON; up to ${LIMIT_BYTES / 2 ** 20} MiB, project in the query), or an object in the bucket named by a JSON body. Its rows are predicted in chunks spread over the workers; one file takes the predictions, another the refused rows with their reasons.`,
      access: 'operator',
      status: 202,
      idempotent: true,
      upload: { types: Object.keys(tableTypes), limitBytes: LIMIT_BYTES },
      query: z.strictObject({ project: projectName.optional(), model_version: versionName.optional() }),
      body: request,
      answer: z.object({ job_id: z.string(), input_key: z.string() }).meta({ id: 'StartedBatchJob' }),
      problems: [404, 503],
      async handle(context) {
        const bytes: unknown = context.request.body;
        const sent = Buffer.isBuffer(bytes);
        const asked: Partial<z.output<typeof request>> = sent ? context.query : context.body;
        if (asked.project === undefined) {
          throw new InvalidInputError('name the project in the query: ?project=home-prices');
        }
        const owner = project(asked.project);
        await checkModel(owner.name, asked.model_version);
        const type = context.request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
        const { key, format } = sent
          ? await keepTable(objects, owner, bytes, type)
          : await checkTable(objects, owner, asked.key ?? '', asked.format);
        const id = batchId(owner.name, randomUUID());
        const input = {
          project: owner.name,
          inputKey: key,
          format,
          modelVersion: asked.model_version ?? null,
          actor: context.caller.name,
        };
        await loop.start({ type: 'batchPredict', workflowId: id, input });
        await auditRequest(audit, context, {
          project: owner.name,
          action: 'batch.start',
          subject: id,
          after: { key, format },
          workflowId: id,
        });
        return { job_id: id, input_key: key };
      },
    }),
    route({
      method: 'get',
      path: '/api/predict/batch/jobs',
      tag: 'batch',
      summary: 'Batch jobs of a project',
      access: 'viewer',
      query: listQuery({ project: projectName, state: z.enum(batchStates).optional() }),
      answer: pageOf(batchJobSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, batchJobList, toListQuery(query)), batchJobView);
      },
    }),
    route({
      method: 'get',
      path: '/api/predict/batch/jobs/:job_id',
      tag: 'batch',
      summary: 'How far a batch job is',
      access: 'viewer',
      params: byJob,
      answer: batchJobSchema,
      problems: [404],
      async handle({ params: { job_id: id } }) {
        try {
          return batchJobView(await store.get(id));
        } catch (error) {
          if (!(error instanceof NotFoundError)) throw error;
          return waitingJobView(projectOfBatch(id), await jobs.get(id));
        }
      },
    }),
    download('result', 'resultKey', 'The predictions of a batch job'),
    download('errors', 'errorsKey', 'The refused rows of a batch job'),
    route({
      method: 'post',
      path: '/api/predict/batch/jobs/:job_id/cancel',
      tag: 'batch',
      summary: 'Cancel a batch job',
      access: 'operator',
      status: 202,
      params: byJob,
      body: z.strictObject({ reason: reason.optional() }),
      answer: z.object({ job_id: z.string() }).meta({ id: 'CancelledBatchJob' }),
      problems: [404, 409],
      async handle(context) {
        const id = context.params.job_id;
        const job = await jobs.get(id);
        if (job.state !== 'running') throw new ConflictError(`${id} has ended already: it is ${job.state}`);
        await jobs.cancel(id);
        await auditRequest(audit, context, {
          project: projectOfBatch(id),
          action: 'batch.cancel',
          subject: id,
          reason: context.body.reason ?? '',
          workflowId: id,
        });
        return { job_id: id };
      },
    }),
  ];
}
