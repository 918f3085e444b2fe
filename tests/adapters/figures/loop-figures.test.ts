import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { createLoopFigures, type LoopFiguresOptions } from '../../../adapters/figures/loop-figures.js';
import { reconcileSchedules, scheduleId } from '../../../adapters/temporal/reconcile-schedules.js';
import { createMetrics, dependencyMetricDefinitions, loopMetricDefinitions } from '../../../monitoring/metrics.js';
import { homePrices } from '../../../projects/home-prices/project.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createTestObjectStore } from '../../support/object-store.js';

const definitions = { ...loopMetricDefinitions, ...dependencyMetricDefinitions };
const project = { ...homePrices, name: 'figures' };
const logger = pino({ level: 'silent' });
const folder = mkdtempSync(join(tmpdir(), 'incumbent-figures-'));
let database: TestDatabase;
let objects: Awaited<ReturnType<typeof createTestObjectStore>>;
let connection: Connection;
let client: Client;

/** What an installation has after some weeks, small. */
const seed = `
  insert into slots (project, slot, version, generation) values ('figures', 'production', 'BO2', 4), ('figures', 'candidate', 'CO3', 7);
  insert into datasets (project, number, key, rows, sha256, profile, idempotency_key) values
    ('figures', 5, 'train_V5.csv', 900, 'x', '{"cleaning":[{"rule":"duplicates","removed":12}]}', 'd5');
  insert into model_versions (project, version, kind, number, state, artifact_prefix, metrics, created_at, idempotency_key) values
    ('figures', 'BO2', 'BO', 2, 'production', 'x', '{"r2":0.8,"mae":20,"odd":1}', to_timestamp(1000), 'm1'),
    ('figures', 'CO3', 'CO', 3, 'candidate', 'x', '{"r2":0.9}', to_timestamp(2000), 'm2');
  insert into experiments (project, production_version, candidate_version, state, candidate_weight_percent, rule, started_at, idempotency_key)
    values ('figures', 'BO2', 'CO3', 'running', 20, '{}', now() - interval '2 hours', 'e1');
  insert into experiments (project, production_version, candidate_version, state, candidate_weight_percent, rule, outcome, started_at, ended_at, idempotency_key)
    values ('figures', 'BO1', 'CO2', 'decided', 20, '{}', 'promote', now() - interval '5 hours', now() - interval '1 hours', 'e0');
  insert into routing (project, experiment_id, salt, candidate_weight_percent, shadow_percent) select project, id, 's', 20, 5 from experiments where ended_at is null;
  insert into experiment_users (experiment_id, variant, user_id, requests, latency_ms_sum, ratings, rating_sum, errors)
    select id, v, u, 10, 50, 2, 9, 1 from experiments, (values ('production', 'a'), ('production', 'b'), ('candidate', 'c')) x (v, u) where ended_at is null;
  insert into decisions (experiment_id, project, policy, verdict, reason, evaluation, idempotency_key)
    select id, 'figures', 'rule', 'continue_testing', 'r',
      '{"rule":{"numbers":{"productionScore":0.7,"candidateScore":0.72}},"evidence":{"running":{"pValue":0.4,"sampleRatioPValue":0.9}}}', 'dec1'
    from experiments where ended_at is null;
  insert into drift_reports (project, model_version, window_start, window_end, rows, drifted, score, report, idempotency_key) values
    ('figures', 'BO2', now(), now(), 400, true, 0.3, '{"severe":false,"features":[{"name":"bhk","effect_size":0.3,"effect_line":0.1}],
      "data_quality":[{"name":"bath","check":"missing","current_share":0.25}]}', 'dr1');
  insert into runs (id, project, kind, status, started_at, ended_at) values
    ('r1', 'figures', 'training', 'succeeded', now() - interval '3 hours', now() - interval '2 hours'),
    ('r2', 'figures', 'training', 'failed', now() - interval '1 hours', now()), ('r3', 'figures', 'training', 'failed', now(), now()),
    ('r0', 'figures', 'training', 'failed', now() - interval '9 hours', now()), ('r4', 'figures', 'training', 'running', now(), null);
  insert into deployments (project, slot, version, generation, reason, actor) values ('figures', 'production', 'BO2', 4, '', 'a');
  insert into instances (id, project, role, address, generation, error) values
    ('p1', 'figures', 'production', 'x:1', 4, null), ('p2', 'figures', 'production', 'x:2', 3, 'no manifest');
  insert into instances (id, project, role, address, seen_at) values ('old', 'figures', 'router', 'x:3', now() - interval '1 minute');
  insert into prediction_batches (project, model_version, variant, state, rows, refused_rows) values ('figures', 'BO2', 'production', 'succeeded', 100, 3);
  insert into predictions (id, project, model_version, variant, input, prediction, latency_ms, created_at) values
    (1, 'figures', 'BO2', 'production', '{}', 50, 2, now()), (2, 'figures', 'BO2', 'production', '{}', 70, 2, now());
  insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input) values
    (1, 'figures', 'rating', '4', 'BO2', 'production', 50, '{}'), (2, 'figures', 'rating', '5', 'BO2', 'production', 70, '{}'),
    (1, 'figures', 'actual_price', '40', 'BO2', 'production', 50, '{}'), (2, 'figures', 'actual_price', '100', 'BO2', 'production', 70, '{}');
  insert into notification_deliveries (event_id, project, kind, channel, channel_kind, notification, state) values
    ('n1', 'figures', 'promoted', 'webhook', 'webhook', '{}', 'sent'), ('n2', 'figures', 'drift', 'webhook', 'webhook', '{}', 'pending');
  insert into audit (project, action, actor, subject, idempotency_key) values ('figures', 'promote', 'a', 's', 'a1');
`;

beforeAll(async () => {
  database = await createTestDatabase();
  objects = await createTestObjectStore();
  connection = await Connection.connect({ address: inject('services').temporalAddress });
  client = new Client({ connection });
  await reconcileSchedules(client, { projects: [project], taskQueue: 'a queue without workers', logger });
  await client.schedule.getHandle(scheduleId('figures', 'drift')).pause();
  await client.schedule.getHandle(scheduleId('figures', 'train')).trigger();
  await database.pool.query(seed);
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '30',
      '-subj',
      '/CN=x',
      '-keyout',
      join(folder, 'key.pem'),
      '-out',
      join(folder, 'certificate.pem'),
    ],
    { stdio: 'ignore' },
  );
});
afterAll(async () => {
  for (const kind of ['train', 'evaluate', 'drift'] as const)
    await client.schedule.getHandle(scheduleId('figures', kind)).delete();
  const running = await client.workflow
    .getHandle(scheduleId('figures', 'train'))
    .describe()
    .catch(() => null);
  if (running)
    await client.workflow
      .getHandle(running.workflowId)
      .terminate()
      .catch(() => null);
  await connection.close();
  objects.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

let registry: Registry;
beforeEach(() => {
  registry = new Registry();
});

function collector(changes: Partial<LoopFiguresOptions> = {}) {
  return createLoopFigures({
    metrics: createMetrics(registry, definitions),
    pool: database.pool,
    client,
    objects,
    projects: ['figures'],
    home: folder,
    workersRunning: () => 2,
    certificateFile: join(folder, 'certificate.pem'),
    // a busy server may take seconds to tell of a schedule
    timeoutMs: 30_000,
    logger,
    ...changes,
  });
}

/** Labels in alphabetical order: the order of a scrape means nothing. */
const ordered = (series: string) =>
  series.replace(/\{(.*)\}/, (_all, labels: string) => `{${labels.split(',').sort().join(',')}}`);

/** Series and their values, as a scrape sees them. */
async function scrape(): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [ordered(line.slice(0, line.lastIndexOf(' '))), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

test('every metric of the loop and of what it stands on is told: none is named and never exposed', async () => {
  await collector().refresh();
  const told = new Set([...(await scrape()).keys()].map((series) => series.replace(/\{.*/, '')));
  expect(
    Object.values(definitions)
      .map(({ name }) => name)
      .filter((name) => !told.has(name)),
  ).toEqual([]);
});

test('the figures are those of the database', async () => {
  await collector().refresh();
  const seen = await scrape();
  const expected: Record<string, number> = {
    'experiment_open{project="figures"}': 1,
    'experiment_candidate_weight_ratio{project="figures"}': 0.2,
    'experiment_shadow_ratio{project="figures"}': 0.05,
    'experiment_users{project="figures",variant="production"}': 2,
    'experiment_requests{project="figures",variant="production"}': 20,
    'experiment_rating_mean{project="figures",variant="candidate"}': 4.5,
    'experiment_latency_mean_seconds{project="figures",variant="candidate"}': 0.005,
    'experiment_score{project="figures",variant="candidate"}': 0.72,
    'experiment_sample_ratio_p_value{project="figures"}': 0.9,
    'experiment_time_to_decision_seconds{project="figures"}': 4 * 3600,
    'drift_feature_effect_ratio{project="figures",feature="bhk"}': 3,
    'data_quality_share{project="figures",column="bath",check="missing"}': 0.25,
    'dataset_removed_rows{project="figures",rule="duplicates"}': 12,
    'training_runs_total{project="figures",status="failed"}': 3,
    'training_runs_total{project="figures",status="cancelled"}': 0,
    'training_consecutive_failures{project="figures"}': 2,
    'training_last_duration_seconds{project="figures"}': 3600,
    'slot_model_created_timestamp_seconds{project="figures",slot="production"}': 1000,
    'slot_model_quality{project="figures",slot="candidate",measure="r2"}': 0.9,
    'instances_reporting{project="figures",role="production"}': 2,
    'instances_reporting{project="figures",role="router"}': 0,
    'instances_behind{project="figures",role="production"}': 1,
    'instances_refusing{project="figures",role="production"}': 1,
    'batch_prediction_rows_total{project="figures",outcome="answered"}': 97,
    'batch_predictions_total{project="figures",state="failed"}': 0,
    'feedback_rating_mean{project="figures",variant="production"}': 4.5,
    // |50 - 40| / 40 = 0.25 and |70 - 100| / 100 = 0.3
    'prediction_actual_error_ratio{project="figures",variant="production"}': 0.275,
    'prediction_actual_bias_ratio{project="figures",variant="production"}': -0.025,
    'prediction_value_mean{project="figures",variant="production"}': 60,
    'schedule_paused{schedule="figures-drift-daily"}': 1,
    'schedule_paused{schedule="figures-train-weekly"}': 0,
    'dependency_up{dependency="postgres"}': 1,
    'dependency_up{dependency="temporal"}': 1,
    'dependency_up{dependency="s3"}': 1,
    temporal_workers_running: 2,
  };
  for (const [series, value] of Object.entries(expected))
    expect(seen.get(ordered(series)), series).toBeCloseTo(value, 6);
  expect([...seen.keys()].filter((series) => series.includes('measure="odd"'))).toEqual([]);
  const days =
    ((seen.get('certificate_expiry_timestamp_seconds{certificate="router"}') ?? 0) - Date.now() / 1000) / 86_400;
  expect(days).toBeCloseTo(30, 1);
});

test('asked again at once it does not read again, and reading twice does not count twice', async () => {
  const counted = collector({ maxAgeMs: 60_000 });
  await counted.refresh();
  await database.pool.query(
    "insert into audit (project, action, actor, subject, idempotency_key) values ('figures', 'roll_back', 'a', 's', 'a2')",
  );
  await counted.refresh();
  expect((await scrape()).has('audit_entries_total{action="roll_back"}')).toBe(false);
  registry = new Registry();
  const fresh = collector({ maxAgeMs: 0 });
  await fresh.refresh();
  await fresh.refresh();
  expect((await scrape()).get('audit_entries_total{action="roll_back"}')).toBe(1);
});

test('an object store that is away is told, and the other figures go on', async () => {
  const away = { list: () => Promise.reject(new Error('connect ECONNREFUSED')) };
  await collector({ objects: away }).refresh();
  const seen = await scrape();
  expect([seen.get('dependency_up{dependency="s3"}'), seen.get('dependency_up{dependency="postgres"}')]).toEqual([
    0, 1,
  ]);
  expect(seen.get('experiment_open{project="figures"}')).toBe(1);
});

test('Postgres away: the last figures stay, their age is not renewed, and the scrape is answered in time', async () => {
  let clock = Date.now();
  const pool = Object.create(database.pool) as typeof database.pool;
  const figures = collector({ pool, maxAgeMs: 0, timeoutMs: 500 });
  await figures.refresh();
  const before = (await scrape()).get('loop_metrics_collected_timestamp_seconds');
  pool.connect = (() => new Promise(() => undefined)) as never;
  pool.query = (() => new Promise(() => undefined)) as never;
  clock = Date.now();
  await figures.refresh();
  expect(Date.now() - clock).toBeLessThan(2_000);
  const seen = await scrape();
  expect(seen.get('dependency_up{dependency="postgres"}')).toBe(0);
  expect(seen.get('experiment_open{project="figures"}')).toBe(1);
  expect(seen.get('loop_metrics_collected_timestamp_seconds')).toBe(before);
});
