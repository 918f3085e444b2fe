import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTrackingMirror } from '../../../adapters/mlflow/tracking-mirror.js';
import { createLoopStores } from '../../../adapters/postgres/loop-stores.js';
import { annotateModel, findModel } from '../../../adapters/postgres/model-catalog.js';
import { readTrackingFigures } from '../../../adapters/postgres/tracking-figures.js';
import { freePorts } from '../../../stack/ports.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { type MlflowServer, mlflowPrograms, startMlflow } from '../../support/mlflow.js';

const PROJECT = 'homes';
const logger = pino({ level: 'silent' });
const cause = { reason: 'test', actor: 'test', workflowId: null };

let database: TestDatabase;
let stores: ReturnType<typeof createLoopStores>;
let programs: string;
let folder: string;
let port: number;
let mlflow: MlflowServer;
let mirrors: { stop(): Promise<void> }[];

const waiting = async () => Number((await database.pool.query('select count(*) from tracking_outbox')).rows[0].count);

async function told(): Promise<void> {
  for (let i = 0; (await waiting()) > 0; i++) {
    if (i > 600) {
      const { rows } = await database.pool.query('select * from tracking_outbox');
      throw new Error(`not told within a minute: ${JSON.stringify(rows)}`);
    }
    await sleep(100);
  }
}

const mirror = () =>
  startTrackingMirror({
    uri: `http://127.0.0.1:${port}/`,
    pool: database.pool,
    bucket: 'models',
    logger,
    lookEveryMs: 50,
    longestPauseMs: 200,
    timeoutMs: 5_000,
  });

interface Pair {
  key: string;
  value: unknown;
}

interface RemoteRun {
  info: { run_id: string; status: string; start_time: number; end_time: number };
  data: { params: Pair[]; metrics: Pair[]; tags: Pair[] };
}

interface RemoteVersion {
  version: string;
  run_id: string;
  source: string;
  description: string;
  tags: Pair[];
}

async function remoteRuns(runId: string): Promise<RemoteRun[]> {
  const { experiment } = await mlflow.get<{ experiment: { experiment_id: string } }>('experiments/get-by-name', {
    experiment_name: PROJECT,
  });
  const filter = `tags.\`incumbent.run_id\` = '${runId}'`;
  const { runs = [] } = await mlflow.post<{ runs?: RemoteRun[] }>('runs/search', {
    experiment_ids: [experiment.experiment_id],
    filter,
  });
  return runs;
}

async function remoteRun(runId: string): Promise<RemoteRun> {
  const [run, ...more] = await remoteRuns(runId);
  if (!run || more.length > 0) throw new Error(`expected one run ${runId}, got ${more.length + (run ? 1 : 0)}`);
  return run;
}

const asObject = (list: Pair[] = []) => Object.fromEntries(list.map(({ key, value }) => [key, value]));

async function alias(name: string): Promise<string | null> {
  const answer = await mlflow.get<{ model_version?: RemoteVersion }>('registered-models/alias', {
    name: PROJECT,
    alias: name,
  });
  return answer.model_version ? (asObject(answer.model_version.tags)['incumbent.version'] as string) : null;
}

async function version(kind: 'BO' | 'CO', runId: string | null, parentVersion: string | null = null): Promise<string> {
  const idempotencyKey = `${kind}/${runId}/${parentVersion}`;
  const reserved = await stores.registry.reserve({
    project: PROJECT,
    prefix: 'price_check',
    kind,
    parentVersion,
    idempotencyKey,
  });
  await stores.registry.describe(PROJECT, reserved.version, { metrics: { mae: 18.5 }, lineage: { runId } });
  await stores.registry.setState(PROJECT, reserved.version, 'staged');
  return reserved.version;
}

beforeAll(async () => {
  programs = await mlflowPrograms();
  database = await createTestDatabase();
  stores = createLoopStores(database.pool);
  folder = mkdtempSync(join(tmpdir(), 'incumbent-mlflow-'));
  [port] = (await freePorts(1)) as [number];
  // a past from before anybody followed
  await stores.runs.start({ id: 'run-0', project: PROJECT, kind: 'training', parameters: { trees: 100 } });
  await stores.runs.finish('run-0', { status: 'succeeded', metrics: { r2: 0.81 } });
  mirrors = [mirror(), mirror()];
}, 900_000);

afterAll(async () => {
  for (const one of mirrors) await one.stop();
  await mlflow?.kill();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('a server that is away delays nothing and is told everything when it comes, what was before included', async () => {
  for (let i = 0; (await waiting()) === 0 && i < 200; i++) await sleep(50);
  const started = performance.now();
  const { runs, slots } = stores;
  const parameters = { trees: 100, maxDepth: null, space: { depth: [4, 8] }, cause: 'weekly' };
  await runs.start({ id: 'run-1', project: PROJECT, kind: 'training', parameters, tags: { 'git.branch': 'main' } });
  await runs.start({ id: 'run-2', project: PROJECT, kind: 'trial', parameters: { depth: 4 }, parentId: 'run-1' });
  await runs.logSteps(
    'run-1',
    [10, 20, 30].map((step) => ({ name: 'oob_r2', step, value: step / 100 })),
  );
  await runs.finish('run-2', { status: 'failed', error: 'too deep' });
  await runs.finish('run-1', { status: 'succeeded', metrics: { mae: 18.5, oob_r2: 0.31 } });
  await slots.assign(PROJECT, 'production', await version('BO', 'run-0'), null, cause);
  await slots.assign(PROJECT, 'candidate', await version('CO', 'run-1', 'BO1'), null, cause);
  expect(performance.now() - started).toBeLessThan(2_000);

  const figures = Object.fromEntries(
    (await readTrackingFigures(database.pool)).map((f) => [[f.key, ...Object.values(f.labels)].join(' '), f.value]),
  );
  expect(figures).toMatchObject({
    'trackingOutbox run': 3,
    'trackingOutbox model': 2,
    'trackingOutbox slots': 1,
    trackingRefused: 0,
  });

  mlflow = await startMlflow(programs, folder, port);
  await told();

  const parent = await remoteRun('run-1');
  expect(parent.info.status).toBe('FINISHED');
  const [row] = (await database.pool.query("select * from runs where id = 'run-1'")).rows;
  expect([parent.info.start_time, parent.info.end_time]).toEqual([row.started_at.getTime(), row.ended_at.getTime()]);
  expect(asObject(parent.data.params)).toEqual({ trees: '100', space: '{"depth":[4,8]}', cause: 'weekly' });
  expect(asObject(parent.data.metrics)).toEqual({ mae: 18.5, oob_r2: 0.31 });
  expect(asObject(parent.data.tags)).toMatchObject({
    'incumbent.kind': 'training',
    'git.branch': 'main',
    'incumbent.artifacts': 's3://models/price_check_CO1',
  });
  const child = await remoteRun('run-2');
  expect(child.info.status).toBe('FAILED');
  expect(asObject(child.data.tags)).toMatchObject({
    'mlflow.parentRunId': parent.info.run_id,
    'incumbent.error': 'too deep',
  });
  const old = await remoteRun('run-0');
  expect(asObject(old.data.metrics)).toEqual({ r2: 0.81 });
});

test('the metrics of a run keep their steps, each once', async () => {
  const run = await remoteRun('run-1');
  const history = async () => {
    const query = { run_id: run.info.run_id, metric_key: 'oob_r2' };
    const { metrics } = await mlflow.get<{ metrics: { step: number; value: number }[] }>('metrics/get-history', query);
    return metrics.map(({ step, value }) => [step, value]);
  };
  // the final value stands at the last step, where MLflow looks for the present one
  const told3 = [
    [10, 0.1],
    [20, 0.2],
    [30, 0.3],
    [30, 0.31],
  ];
  expect(await history()).toEqual(told3);
  await stores.runs.logSteps('run-1', [
    { name: 'oob_r2', step: 30, value: 0.9 },
    { name: 'oob_r2', step: 40, value: 0.4 },
  ]);
  await database.pool.query("update tracking_links set metrics_through = 0 where subject = 'run-1'");
  await told();
  const after = await history();
  expect(after.filter(([step]) => step! < 40)).toEqual(told3);
  expect(after.filter(([step]) => step === 40).map(([, value]) => value)).toContain(0.4);
});

test('two workers follow the outbox and every run is there once', async () => {
  for (let i = 0; i < 20; i++)
    await stores.runs.start({ id: `many-${i}`, project: PROJECT, kind: 'trial', parameters: { i } });
  await told();
  for (let i = 0; i < 20; i++) expect(await remoteRuns(`many-${i}`)).toHaveLength(1);
});

test('a registered model has the versions with source, run, metrics and notes, and aliases that follow the slots', async () => {
  expect(await alias('production')).toBe('BO1');
  expect(await alias('candidate')).toBe('CO1');
  const { model_versions: versions } = await mlflow.get<{ model_versions: RemoteVersion[] }>('model-versions/search', {
    filter: `name = '${PROJECT}'`,
  });
  const run = await remoteRun('run-1');
  const candidate = versions.find((one) => one.source === 's3://models/price_check_CO1');
  expect(candidate?.run_id).toBe(run.info.run_id);
  expect(asObject(candidate?.tags)).toMatchObject({
    'incumbent.state': 'staged',
    'metric.mae': '18.5',
    'incumbent.parent': 'BO1',
  });

  await annotateModel(database.pool, await findModel(database.pool, PROJECT, 'CO1'), {
    notes: 'läuft',
    tags: ['summer'],
  });
  await stores.slots.assign(PROJECT, 'production', await version('BO', 'run-1', 'CO1'), 'BO1', cause);
  await stores.slots.assign(PROJECT, 'candidate', null, 'CO1', cause);
  await stores.registry.setState(PROJECT, 'CO1', 'deleted');
  await told();
  expect(await alias('production')).toBe('BO2');
  expect(await alias('candidate')).toBeNull();
  const again = await mlflow.get<{ model_version: RemoteVersion }>('model-versions/get', {
    name: PROJECT,
    version: candidate?.version ?? '',
  });
  expect(again.model_version.description).toBe('läuft');
  expect(asObject(again.model_version.tags)).toMatchObject({
    'incumbent.state': 'deleted',
    'incumbent.tags': 'summer',
  });
});

test('what MLflow refuses waits alone: the others go on, and metrics show it', async () => {
  // a parameter of an MLflow run can never change
  await database.pool.query(`update runs set parameters = '{"trees": 200}' where id = 'run-0'`);
  await stores.runs.start({ id: 'run-3', project: PROJECT, kind: 'training', parameters: {} });
  for (let i = 0; (await waiting()) > 1 && i < 200; i++) await sleep(50);
  expect(await remoteRuns('run-3')).toHaveLength(1);
  const { rows } = await database.pool.query('select subject, attempts, last_error from tracking_outbox');
  expect(rows).toMatchObject([{ subject: 'run-0', last_error: expect.stringContaining('trees') }]);
  expect((await readTrackingFigures(database.pool)).find(({ key }) => key === 'trackingRefused')?.value).toBe(1);
  await database.pool.query(`update runs set parameters = '{"trees": 100}' where id = 'run-0'`);
  await told();
});

test('a run that somebody removed from MLflow for good is made anew when it changes', async () => {
  await database.pool.query(
    "update tracking_links set remote_id = 'feedfacefeedfacefeedfacefeedface' where subject = 'run-3'",
  );
  await stores.runs.finish('run-3', { status: 'cancelled' });
  await told();
  expect((await remoteRuns('run-3')).map((run) => run.info.status)).toEqual(['KILLED']);
});

test('a server that is killed in between is caught up after its restart', async () => {
  await mlflow.kill();
  await stores.runs.start({ id: 'run-4', project: PROJECT, kind: 'training', parameters: { trees: 5 } });
  await sleep(500);
  expect(await waiting()).toBe(1);
  mlflow = await startMlflow(programs, folder, port);
  await told();
  expect(await remoteRuns('run-4')).toHaveLength(1);
});
