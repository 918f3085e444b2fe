import { pino } from 'pino';
import supertest from 'supertest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { createPool } from '../../adapters/postgres/pool.js';
import { createS3ObjectStore } from '../../adapters/s3/object-store.js';
import { createJobReader } from '../../adapters/temporal/job-reader.js';
import { createLoopClient } from '../../adapters/temporal/loop-client.js';
import { watchAlerts } from '../../control/alerts/check-alerts.js';
import { createControlApp } from '../../control/app.js';
import { recent } from '../../control/http/recent.js';
import { watchRetention } from '../../control/upkeep/apply-retention.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { temporalOnALine } from '../support/temporal-on-a-line.js';
import { startTestApi, type TestApi } from './api.js';

// One part after the other is away: the API says which answers it cannot give, and goes on with the others.

let api: TestApi;
let project: string;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  api = await startTestApi();
  ({ project } = api);
  await api.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'BO1', 'BO', 1, 'production', $2, 'BO1'), ($1, 'BO2', 'BO', 2, 'deleted', 'gone/', 'BO2')`,
    [project, `${project}_BO1/`],
  );
  await api.pool.query("insert into slots (project, slot, version) values ($1, 'production', 'BO1')", [project]);
});
afterAll(() => api?.stop());
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const nowhere = { connectionString: 'postgresql://nobody@127.0.0.1:1/nothing', applicationName: 'test', max: 1 };
function awayPool() {
  const pool = createPool({ ...nowhere, logger: pino({ level: 'silent' }) });
  ends.push(() => pool.end());
  return pool;
}

test('with Postgres away the health is 503 and says so, and lists are away', async () => {
  const request = supertest(createControlApp({ ...api.deps, pool: awayPool() }));
  const health = await request.get('/api/health');
  expect([health.status, health.body]).toMatchObject([503, { status: 'degraded', database: 'down' }]);
  for (const path of ['/api/models', '/api/audit', '/api/deployments']) {
    const { status, body } = await request.get(`${path}?project=${project}`);
    expect([path, status, body.code]).toEqual([path, 503, 'UNAVAILABLE']);
  }
  expect((await request.get('/openapi.json')).status).toBe(200);
  expect((await request.get('/docs')).text).toContain('/api/models');
  expect((await request.get('/metrics')).text).toContain('control_requests_total');
});

test('with Temporal away nothing is started and that is said soon, while what Postgres knows is told', async () => {
  const { client, cut, end } = await temporalOnALine();
  ends.push(end);
  const deps = { ...api.deps, loop: createLoopClient(client, api.taskQueue), jobs: createJobReader(client) };
  const request = supertest(createControlApp(deps));
  expect((await request.get(`/api/schedules?project=${project}`)).status).toBe(200);
  cut();
  const asked = performance.now();
  const start = await request.post('/api/training/start').send({ project, reason: 'now' });
  expect([start.status, start.body.code]).toEqual([503, 'UNAVAILABLE']);
  expect(start.body.message).toContain('try again');
  expect(performance.now() - asked).toBeLessThan(15_000);
  expect((await request.get(`/api/training/status/${project}-training`)).status).toBe(503);
  expect((await request.get(`/api/models?project=${project}`)).status).toBe(200);
});

test('with S3 away tables and files are refused, not half kept', async () => {
  const objects = createS3ObjectStore({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', bucket: 'nothing' });
  ends.push(() => objects.close());
  const deps = { ...api.deps, objects, artifacts: createArtifactStore(objects) };
  const request = supertest(createControlApp(deps));
  const table = await request
    .post(`/api/predict/batch/jobs?project=${project}`)
    .set('Content-Type', 'text/csv')
    .send('total_sqft\n1000\n');
  expect([table.status, table.body.code]).toEqual([503, 'UNAVAILABLE']);
  const raw = homePrices.dataset.generate({ randomState: 3, rows: 900 });
  const upload = await request.post(`/api/datasets?project=${project}`).set('Content-Type', 'text/csv').send(raw);
  expect([upload.status, upload.body.code]).toEqual([503, 'UNAVAILABLE']);
  expect((await request.get(`/api/datasets/uploads?project=${project}`)).body.items).toEqual([]);
  expect((await request.get(`/api/models/BO1?project=${project}`)).status).toBe(503);
});

test('a model whose files are gone is told without them and cannot be compared', async () => {
  const detail = await api.request.get(`/api/models/BO2?project=${project}`);
  expect([detail.status, detail.body.state]).toEqual([200, 'deleted']);
  const comparison = await api.request.get(`/api/models/compare?project=${project}&a=BO1&b=BO2`);
  expect([comparison.status, comparison.body.message]).toEqual([404, expect.stringMatching(/has no files any more/)]);
  const features = await api.request.get(`/api/features?project=${project}`);
  expect(features.body).toMatchObject({ version: null, target: { name: 'price' } });
  expect(features.body.items[0]).toMatchObject({ importance: null, min: null, most_frequent: null });
});

test('a model whose document is damaged says so instead of showing half of it', async () => {
  await api.deps.artifacts.write(`${project}_BO1/`, {
    project,
    version: 'BO1',
    createdAt: '2026-01-01T00:00:00Z',
    files: { 'model.json': Buffer.from('{"format":2}') },
  });
  const { status, body } = await api.request.get(`/api/models/BO1?project=${project}`);
  expect([status, body.code]).toEqual([503, 'ARTIFACT_INVALID']);
});

/** A logger and what it was told. */
function listening() {
  const told: string[] = [];
  return { told, logger: pino({}, { write: (line: string) => void told.push(line) }) };
}

test('chores that cannot be done are told and tried again', async () => {
  const { told, logger } = listening();
  const pool = awayPool();
  const alerts = watchAlerts({ ...api.deps, pool, logger }, 10);
  await expect.poll(() => told.filter((line) => line.includes('alerts not checked')).length).toBeGreaterThan(1);
  await alerts.stop();
  watchRetention({ pool, objects: api.objects, logger }, { feedbackDays: 1 })();
  await expect.poll(() => told.join()).toContain('retention failed');
});

test('retention deletes what is past its time at once and says how much; without days nothing is looked at', async () => {
  await api.pool.query(
    `insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input, created_at)
     values (1, $1, 'rating', '5', 'BO1', 'production', 1, '{}', now() - interval '40 days')`,
    [project],
  );
  const { told, logger } = listening();
  const deps = { pool: api.pool, objects: api.objects, logger };
  watchRetention(deps, {})();
  const left = async () => (await api.pool.query('select count(*)::int as n from feedback')).rows[0].n;
  expect(await left()).toBe(1);
  const end = watchRetention(deps, { feedbackDays: 30 });
  await expect.poll(() => told.join()).toContain('"deleted":{"feedback":1}');
  end();
  expect(await left()).toBe(0);
});

test('a costly read is shared while it is fresh, renewed behind the back of who asks, and not remembered when it fails', async () => {
  let now = 0;
  let reads = 0;
  let fails = false;
  const read = async (key: string) => {
    reads++;
    if (fails) throw new Error('away');
    return `${key} ${reads}`;
  };
  const look = recent(read, { maxAgeMs: 10, maxKeys: 2, now: () => now });
  expect([await look('a'), await look('a')]).toEqual(['a 1', 'a 1']);
  now = 11;
  // both get what is known, and one read is on its way
  expect(await Promise.all([look('a'), look('a')])).toEqual(['a 1', 'a 1']);
  await expect.poll(() => look('a')).toBe('a 2');
  fails = true;
  now = 22;
  expect(await look('a')).toBe('a 2');
  await expect(look('b')).rejects.toThrow('away');
  await expect.poll(() => look('a').catch(String)).toBe('Error: away');
  fails = false;
  const known = [await look('a'), await look('b'), await look('c')];
  // only two keys are kept: the oldest is read anew
  expect(await look('c')).toBe(known[2]);
  expect(await look('a')).not.toBe(known[0]);
});
