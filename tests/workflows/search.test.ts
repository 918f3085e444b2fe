import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { trainingId } from '../../core/loop/workflow-ids.js';
import { loopWorkflow } from '../../core/loop/workflow-start.js';
import type { ModelProject } from '../../core/project.js';
import type { TrainCandidateResult, TrainingProgress } from '../../workflows/train-candidate.js';
import { searchedFlowers, searchedFlowersCsv } from '../support/flowers.js';
import { createLoop } from '../support/loop.js';
import type { TrainingWorkerSettings } from '../support/training-worker.js';

// A search on real services, by one worker, by several processes, with one of them killed, and cancelled.

const NAMESPACE = 'search';
let declared: ModelProject = searchedFlowers;
let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: { stop(): Promise<void> };
const processes: ChildProcess[] = [];
beforeAll(async () => {
  const followed = new Proxy(searchedFlowers, { get: (_, key) => declared[key as keyof ModelProject] });
  loop = await createLoop({ namespace: NAMESPACE, project: followed });
  loop.rawData.text = searchedFlowersCsv();
  worker = await loop.startWorker();
  await loop.startInference('production');
  await loop.startInference('candidate');
}, 120_000);
afterAll(async () => {
  for (const process of processes) process.kill('SIGKILL');
  await worker?.stop();
  await loop?.stop();
}, 60_000);

/** A further worker, in a process of its own. */
async function startProcess(): Promise<ChildProcess> {
  const { s3, temporalAddress } = inject('services');
  const settings: TrainingWorkerSettings = {
    databaseUrl: String(loop.pool.options.connectionString),
    endpoint: s3.endpoint,
    region: s3.region,
    bucket: loop.objects.bucket,
    temporalAddress,
    namespace: NAMESPACE,
  };
  const script = fileURLToPath(new URL('../support/training-worker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  processes.push(child);
  await once(child.stdout, 'data');
  return child;
}

const start = () => loop.loop.start(loopWorkflow('train', 'flowers', 'test', new Date()));
const trialsOf = async (runId: string) =>
  (await loop.pool.query('select * from runs where parent_id = $1 order by id', [runId])).rows as {
    parameters: Record<string, unknown>;
    metrics: Record<string, number>;
    status: string;
    error: string | null;
  }[];

/** How often each step was scheduled, and which workers finished fits. */
async function stepsOf(workflowId: string) {
  const { events } = await loop.client.workflow.getHandle(workflowId).fetchHistory();
  const names = new Map<string, string>();
  const scheduled: Record<string, number> = {};
  const workers = new Set<string>();
  const started = new Map<string, string>();
  for (const event of events ?? []) {
    const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
    if (name) {
      names.set(String(event.eventId), name);
      scheduled[name] = (scheduled[name] ?? 0) + 1;
    }
    const begun = event.activityTaskStartedEventAttributes;
    if (begun) started.set(String(begun.scheduledEventId), begun.identity ?? '');
    const done = event.activityTaskCompletedEventAttributes;
    if (done && names.get(String(done.scheduledEventId)) === 'evaluateFold') {
      workers.add(started.get(String(done.scheduledEventId)) ?? '');
    }
  }
  return { scheduled, workers };
}

let alone: { result: TrainCandidateResult; parameters: unknown };

test('one worker searches: every trial is a run, the winner is trained, nothing is left in the bucket', async () => {
  const handle = await start();
  const result = (await handle.result()) as TrainCandidateResult;
  expect(result.outcome).toBe('deployed');
  const trials = await trialsOf(handle.firstExecutionRunId);
  expect(trials).toHaveLength(12);
  expect(new Set(trials.map(({ parameters }) => parameters.algorithm))).toEqual(new Set(['forest', 'boosting']));
  expect(trials.filter(({ metrics }) => metrics.rounds === 3)).toHaveLength(1);
  expect(trials.every(({ status, metrics }) => status === 'succeeded' && Number(metrics.logLoss) > 0)).toBe(true);
  const winner = trials.find(({ metrics }) => metrics.rounds === 3);
  expect(result.metrics.cv_logLoss).toBe(winner?.metrics.logLoss);
  const { hyperparameters } = await loop.registry.get('flowers', result.version);
  const { trial: _, ...parameters } = winner?.parameters ?? {};
  expect(hyperparameters).toEqual(parameters);
  expect(await loop.objects.list('flowers/work/')).toEqual([]);
  const { rows } = await loop.pool.query(
    `select count(*)::int as points from run_metrics where run_id like $1 || '%'`,
    [handle.firstExecutionRunId],
  );
  // 12 trials, then 4, then 1
  expect(rows[0].points).toBe(17);
  alone = { result, parameters };
});

test('several workers, one of them killed, find the same winner and repeat nothing that was done', async () => {
  const [victim] = [await startProcess(), await startProcess()];
  const handle = await start();
  await expect
    .poll(async () => ((await handle.query('progress')) as TrainingProgress).search?.fitsDone ?? 0, {
      timeout: 30_000,
      interval: 50,
    })
    .toBeGreaterThan(4);
  victim?.kill('SIGKILL');
  const result = (await handle.result()) as TrainCandidateResult;
  for (const process of processes) process.kill('SIGKILL');
  const { hyperparameters } = await loop.registry.get('flowers', result.version);
  expect(hyperparameters).toEqual(alone.parameters);
  expect(result.metrics.cv_logLoss).toBe(alone.result.metrics.cv_logLoss);
  const { scheduled, workers } = await stepsOf(handle.workflowId);
  expect(scheduled).toMatchObject({ prepareSearch: 1, evaluateFold: 3 * (12 + 4 + 1), closeRound: 3, trainModel: 1 });
  expect(workers.size).toBeGreaterThan(1);
});

test('a search can be cancelled: its trials end as cancelled and nothing is left in the bucket', async () => {
  const handle = await start();
  await expect
    .poll(async () => ((await handle.query('progress')) as TrainingProgress).search?.fitsDone ?? 0, {
      timeout: 30_000,
      interval: 50,
    })
    .toBeGreaterThan(4);
  await loop.loop.cancel(trainingId('flowers'));
  await expect(handle.result()).rejects.toThrow('Workflow execution cancelled');
  expect(await loop.objects.list('flowers/work/')).toEqual([]);
  const trials = await trialsOf(handle.firstExecutionRunId);
  expect(trials.length).toBeGreaterThan(0);
  expect(trials.map(({ status }) => status)).not.toContain('running');
  const [run] = await loop.runs
    .list('flowers', { limit: 100 })
    .then((runs) => runs.filter(({ kind }) => kind === 'training'));
  expect(run?.status).toBe('cancelled');
});

test.each([
  [{ trials: 1_000_000_000 }, 'search.trials must be an integer from 2 to 500, got 1000000000'],
  [{ folds: 5_000 }, /search.folds must be an integer from 2 to 20 and at most the \d+ training rows, got 5000/],
  [{ spaces: { forest: { maxDepth: { kind: 'choice', values: [] } } } }, 'maxDepth has no values to choose from'],
  [
    { spaces: { forest: { depth: { kind: 'choice', values: [3] } } } },
    "search.spaces.forest has 'depth': one of maxDepth",
  ],
] as const)('a search that cannot be made stops the training with its reason: %j', async (change, reason) => {
  const search = { ...searchedFlowers.training.search!, ...change } as typeof searchedFlowers.training.search;
  declared = { ...searchedFlowers, training: { ...searchedFlowers.training, search } } as ModelProject;
  const handle = await start();
  await expect(handle.result()).rejects.toThrow();
  declared = searchedFlowers;
  const run = (await loop.runs.list('flowers', { limit: 1 }))[0];
  expect(run).toMatchObject({ kind: 'training', status: 'failed' });
  expect(run?.error).toMatch(reason);
});
