import { ConflictError, NotFoundError } from '../../core/errors.js';
import { type RunRow, toRun } from '../postgres/run-store.js';
import { keyed, PARAMETER_LENGTH, quoted, TAG_LENGTH, type TrackingContext } from './tracking-context.js';

/** MLflow takes so many of each in one call. */
const PARAMETERS_AT_ONCE = 100;
const METRICS_AT_ONCE = 800;

/** By this tag a run is found again when its creation was answered but not written down. */
const RUN_TAG = 'incumbent.run_id';
const STATUS = { running: 'RUNNING', succeeded: 'FINISHED', failed: 'FAILED', cancelled: 'KILLED' } as const;

async function experimentId({ client, bucket }: TrackingContext, project: string): Promise<string> {
  const find = async () => {
    const { experiment } = (await client.get('experiments/get-by-name', { experiment_name: project })) as {
      experiment: { experiment_id: string };
    };
    return experiment.experiment_id;
  };
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  try {
    const location = `s3://${bucket}/mlflow/${project}`;
    const made = await client.post('experiments/create', { name: project, artifact_location: location });
    return (made as { experiment_id: string }).experiment_id;
  } catch (error) {
    if (error instanceof ConflictError) return find();
    throw error;
  }
}

async function readRun({ pool }: TrackingContext, id: string) {
  const { rows } = await pool.query<RunRow>('select * from runs where id = $1', [id]);
  return rows[0] ? toRun(rows[0]) : null;
}

/**
 * The MLflow run of a run, made if there is none yet; its parent's first.
 * @returns null for a run that is not in Postgres
 */
export async function ensureRun(context: TrackingContext, id: string): Promise<string | null> {
  const run = await readRun(context, id);
  if (!run) return null;
  const thing = { kind: 'run', project: run.project, subject: id } as const;
  const known = await context.outbox.link(thing);
  if (known) return known.remoteId;

  const experiment = await experimentId(context, run.project);
  const found = (await context.client.post('runs/search', {
    experiment_ids: [experiment],
    filter: `tags.\`${RUN_TAG}\` = ${quoted(id)}`,
    max_results: 1,
  })) as { runs?: { info: { run_id: string } }[] };
  let remoteId = found.runs?.[0]?.info.run_id;
  if (remoteId === undefined) {
    const parent = run.parentId === null ? null : await ensureRun(context, run.parentId);
    const tags = { ...run.tags, [RUN_TAG]: id, 'incumbent.kind': run.kind, 'mlflow.source.name': 'incumbent' };
    const made = (await context.client.post('runs/create', {
      experiment_id: experiment,
      run_name: `${run.kind} ${run.startedAt.toISOString().slice(0, 16).replace('T', ' ')}`,
      start_time: run.startedAt.getTime(),
      tags: keyed({ ...tags, 'mlflow.parentRunId': parent }, TAG_LENGTH),
    })) as { run: { info: { run_id: string } } };
    remoteId = made.run.info.run_id;
  }
  await context.outbox.keepLink(thing, { remoteId, metricsThrough: 0 });
  return remoteId;
}

interface StepRow {
  id: number;
  name: string;
  step: number;
  value: number;
  at: Date;
}

/** Tells the steps that were not told yet; telling one twice leaves one in MLflow, since its time is the same. */
async function tellSteps(context: TrackingContext, project: string, runId: string, remoteId: string): Promise<void> {
  const thing = { kind: 'run', project, subject: runId } as const;
  for (;;) {
    const { metricsThrough = 0 } = (await context.outbox.link(thing)) ?? {};
    const { rows } = await context.pool.query<StepRow>(
      'select id, name, step, value, at from run_metrics where run_id = $1 and id > $2 order by id limit $3',
      [runId, metricsThrough, METRICS_AT_ONCE],
    );
    if (rows.length === 0) return;
    const metrics = rows.map(({ name, step, value, at }) => ({ key: name, value, step, timestamp: at.getTime() }));
    await context.client.post('runs/log-batch', { run_id: remoteId, metrics });
    await context.outbox.keepLink(thing, { remoteId, metricsThrough: rows.at(-1)!.id });
  }
}

/** Makes MLflow's run what the run in Postgres is: parameters, tags, metrics over steps, status, duration, parent. */
export async function mirrorRun(context: TrackingContext, id: string): Promise<void> {
  const remoteId = await ensureRun(context, id);
  // read after the run was made: what is told is what is true now
  const run = await readRun(context, id);
  if (remoteId === null || !run) return;
  const { client } = context;
  const parameters = keyed(run.parameters, PARAMETER_LENGTH);
  for (let from = 0; from < parameters.length; from += PARAMETERS_AT_ONCE) {
    await client.post('runs/log-batch', {
      run_id: remoteId,
      params: parameters.slice(from, from + PARAMETERS_AT_ONCE),
    });
  }
  await tellSteps(context, run.project, id, remoteId);
  if (run.endedAt === null) return;

  const { rows } = await context.pool.query<{ name: string; last: number }>(
    'select name, max(step) as last from run_metrics where run_id = $1 group by name',
    [id],
  );
  const lastStep = new Map(rows.map(({ name, last }) => [name, last]));
  const metrics = Object.entries(run.metrics).map(([key, value]) => ({
    key,
    value,
    // MLflow shows the value of the last step as the metric
    step: lastStep.get(key) ?? 0,
    timestamp: run.endedAt!.getTime(),
  }));
  const tags = keyed({ ...run.tags, 'incumbent.error': run.error }, TAG_LENGTH);
  await client.post('runs/log-batch', { run_id: remoteId, metrics, tags });
  await client.post('runs/update', { run_id: remoteId, status: STATUS[run.status], end_time: run.endedAt.getTime() });
}
