import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { runList } from '../../adapters/postgres/lists/lists.js';
import { findRun, readSteps } from '../../adapters/postgres/run-reader.js';
import { jobId } from '../../adapters/temporal/job-id.js';
import type { JobLogLine } from '../../adapters/temporal/job-log.js';
import type { JobReader } from '../../adapters/temporal/job-reader.js';
import { ConflictError, NotFoundError } from '../../core/errors.js';
import { trainingId } from '../../core/loop/workflow-ids.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { openEvents } from '../http/events.js';
import { jobInTheWay } from '../http/job-in-the-way.js';
import { ANSWERED, type Route, route } from '../http/route.js';
import { instant, iso, projectName, reason } from '../views/fields.js';
import { startedJobSchema, trainingStatusSchema, trainingStatusView } from '../views/job-view.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';
import { runSchema, runView } from '../views/run-view.js';

const TYPE = 'trainCandidate';
const LOOK_EVERY_MS = 500;

const byJob = z.strictObject({
  job_id: z.string().regex(/^[\w:.-]{1,200}$/, 'a job id, as POST /api/training/start gave it'),
});

const runId = z.string().regex(/^[\w:./-]{1,200}$/, 'a run id, as GET /api/training/runs tells it');

const runDetailSchema = runSchema
  .extend({
    metric_steps: z
      .record(z.string(), z.array(z.object({ step: z.int(), value: z.number(), at: instant })))
      .describe('Metrics over steps; of long ones 1,000, evenly chosen'),
  })
  .meta({ id: 'RunDetail' });

const logLineSchema = z
  .object({
    id: z.int(),
    at: instant,
    level: z.enum(['info', 'warn', 'error']),
    message: z.string(),
    details: z.unknown().optional(),
  })
  .meta({ id: 'LogLine' });

const lineView = ({ at, ...line }: JobLogLine): z.input<typeof logLineSchema> => ({ ...line, at: iso(at) });

/** The job, if it is a training: other workflows are not shown here. */
async function training(jobs: JobReader, id: string) {
  const job = await jobs.get(id);
  if (job.type !== TYPE) throw new NotFoundError(`there is no training ${id}`);
  return job;
}

export function trainingRoutes({ pool, loop, jobs, project, audit }: ControlDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/training/start',
      tag: 'training',
      summary: 'Train a candidate now',
      description: 'Raw data → snapshot → model → gates → candidate slot. One training of a project at a time.',
      access: 'operator',
      status: 202,
      idempotent: true,
      body: z.strictObject({
        project: projectName,
        random_state: z.int().min(0).max(4_294_967_295).optional().describe('Seed; default 0, as for every training'),
        reason: reason.optional(),
      }),
      answer: startedJobSchema,
      problems: [409],
      async handle(context) {
        const { project: name, random_state: randomState, reason: why = 'started by hand' } = context.body;
        project(name);
        const running = await jobs.running(TYPE, name);
        if (running) throw jobInTheWay(running, 'a training of this project');
        const input = {
          project: name,
          cause: why,
          actor: context.caller.name,
          ...(randomState === undefined ? {} : { randomState }),
        };
        const workflowId = trainingId(name);
        try {
          const { firstExecutionRunId } = await loop.start({ type: TYPE, workflowId, input });
          const job = jobId(workflowId, firstExecutionRunId);
          await auditRequest(audit, context, {
            project: name,
            action: 'training.start',
            subject: job,
            reason: why,
            workflowId,
          });
          return { job_id: job };
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          throw jobInTheWay(await jobs.latestId(workflowId), 'a training of this project');
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/training/status/:job_id',
      tag: 'training',
      summary: 'How far a training is',
      access: 'viewer',
      params: byJob,
      answer: trainingStatusSchema,
      problems: [404],
      handle: async ({ params }) => trainingStatusView(await training(jobs, params.job_id)),
    }),
    route({
      method: 'get',
      path: '/api/training/logs/:job_id',
      tag: 'training',
      summary: 'What a training did, event by event',
      description:
        'With Accept: text/event-stream the lines come as they happen (event `line`), with `progress` between them and `end` last; Last-Event-ID resumes.',
      access: 'viewer',
      stream: 'text/event-stream',
      params: byJob,
      answer: z.object({ job_id: z.string(), items: z.array(logLineSchema) }),
      problems: [404],
      async handle({ params: { job_id: id }, request, response }) {
        const { jobId: exact } = await training(jobs, id);
        if (request.accepts(['application/json', 'text/event-stream']) !== 'text/event-stream') {
          return { job_id: exact, items: (await jobs.log(exact)).map(lineView) };
        }
        const events = openEvents(request, response);
        let seen = Number(request.headers['last-event-id'] ?? 0) || 0;
        let told = '';
        while (!events.closed()) {
          const job = await jobs.get(exact);
          for (const line of await jobs.log(exact)) {
            if (line.id > seen) events.send('line', lineView(line), line.id);
            seen = Math.max(seen, line.id);
          }
          const status = trainingStatusView(job);
          const progress = JSON.stringify(status);
          if (progress !== told) events.send('progress', status);
          told = progress;
          if (job.state !== 'running') {
            events.send('end', { status: job.state, outcome: status.outcome, error: job.error });
            break;
          }
          await events.pause(LOOK_EVERY_MS);
        }
        events.close();
        return ANSWERED;
      },
    }),
    route({
      method: 'post',
      path: '/api/training/cancel/:job_id',
      tag: 'training',
      summary: 'Cancel a training',
      access: 'operator',
      status: 202,
      params: byJob,
      body: z.strictObject({ reason: reason.optional() }),
      answer: startedJobSchema,
      problems: [404, 409],
      async handle(context) {
        const job = await training(jobs, context.params.job_id);
        if (job.state !== 'running') throw new ConflictError(`${job.jobId} has ended already: it is ${job.state}`);
        await jobs.cancel(job.jobId);
        await auditRequest(audit, context, {
          project: null,
          action: 'training.cancel',
          subject: job.jobId,
          reason: context.body.reason ?? '',
          workflowId: job.workflowId,
        });
        return { job_id: job.jobId };
      },
    }),
    route({
      method: 'get',
      path: '/api/training/runs',
      tag: 'training',
      summary: 'Runs with their parameters and metrics',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        kind: z.string().max(40).optional(),
        status: z.enum(['running', 'succeeded', 'failed', 'cancelled']).optional(),
        parent_id: runId.optional(),
      }),
      answer: pageOf(runSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, runList, toListQuery(query)), runView);
      },
    }),
    route({
      method: 'get',
      path: '/api/training/runs/:id',
      tag: 'training',
      summary: 'One run with its metrics over steps',
      access: 'viewer',
      params: z.strictObject({ id: runId }),
      answer: runDetailSchema,
      problems: [404],
      async handle({ params: { id } }) {
        const run = await findRun(pool, id);
        const metricSteps: Record<string, { step: number; value: number; at: string }[]> = {};
        for (const { name, step, value, at } of await readSteps(pool, id)) {
          metricSteps[name] ??= [];
          metricSteps[name].push({ step, value, at: iso(at) });
        }
        return { ...runView(run), metric_steps: metricSteps };
      },
    }),
  ];
}
