import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebhook } from '../../adapters/notify/webhook.js';
import { verifyAudit } from '../../adapters/postgres/verify-audit.js';
import { createJobReader } from '../../adapters/temporal/job-reader.js';
import { openAccess } from '../../control/access/access-settings.js';
import { createControlApp } from '../../control/app.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import type { EncoderPlan } from '../../core/features/encoder-plan.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import type { Forest } from '../../core/forest/forest.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import type { ModelDocument } from '../../core/registry/model-document.js';
import { createLoop, smallHomePrices } from '../support/loop.js';
import { expectContract } from './contract.js';

// One story in order, with a worker, prediction services and every store for real: what the API starts, happens.

// made by tests/vectors/onnx-import.py
const onnxVectors = JSON.parse(readFileSync(new URL('../vectors/onnx-import.json', import.meta.url), 'utf8')) as {
  cases: { onnx: string }[];
  refused: { onnx: string }[];
};

const PROJECT = 'home-prices';
const INPUT = { total_sqft: 1200, location: 'Whitefield', bhk: 2, bath: 2 };

let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: { stop(): Promise<void> };
let production: { url: string };
let request: ReturnType<typeof supertest>;
/** CO1's. */
let forest: Forest;

beforeAll(async () => {
  loop = await createLoop({ namespace: `control-${Date.now()}` });
  worker = await loop.startWorker();
  production = await loop.startInference('production');
  await loop.startInference('candidate');
  request = supertest(
    createControlApp({
      ...loop,
      logger: pino({ level: 'silent' }),
      projects: [smallHomePrices],
      jobs: createJobReader(loop.client),
      cleanUpload: async (_project, text) => smallHomePrices.dataset.clean(text).profile,
      webhook: createWebhook(),
      access: openAccess,
    }),
  );
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await loop?.stop();
}, 60_000);

const get = async (path: string) => (await request.get(path)).body;

async function delivered(jobId: string): Promise<unknown> {
  await expect
    .poll(async () => (await get(`/api/deploy/status?project=${PROJECT}`)).delivery?.status, { timeout: 20_000 })
    .not.toBe('running');
  const { delivery } = await get(`/api/deploy/status?project=${PROJECT}`);
  expect(delivery).toMatchObject({ job_id: jobId, status: 'completed', error: null });
  return delivery.result;
}

/** The lines of a stream as they came. */
function readEvents(text: string): { event: string; data: Record<string, unknown> }[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('event: '))
    .map((block) => ({
      event: /^event: (.*)$/m.exec(block)![1]!,
      data: JSON.parse(/^data: (.*)$/m.exec(block)![1]!),
    }));
}

async function train(): Promise<string> {
  const { status, body } = await request.post('/api/training/start').send({ project: PROJECT, reason: 'a test' });
  expect(status).toBe(202);
  return body.job_id;
}

test('a training is started, refused a second time, followed as a stream, and its model is in production', async () => {
  const job = await train();
  const second = await request.post('/api/training/start').send({ project: PROJECT });
  expect([second.status, second.body.code, second.body.job_id]).toEqual([409, 'CONFLICT', job]);

  const stream = await request.get(`/api/training/logs/${job}`).set('Accept', 'text/event-stream').buffer(true);
  expect(stream.headers['content-type']).toMatch(/^text\/event-stream/);
  const events = readEvents(stream.text);
  const said = events.filter(({ event }) => event === 'line').map(({ data }) => data.message);
  expect(said).toEqual(
    expect.arrayContaining([
      'trainCandidate started',
      'snapshotDataset done',
      'trainModel done',
      'deploy done',
      'completed',
    ]),
  );
  expect(events.at(-1)).toMatchObject({
    event: 'end',
    data: { status: 'completed', outcome: 'deployed', error: null },
  });

  const status = await get(`/api/training/status/${job}`);
  expectContract('get', '/api/training/status/:job_id', status);
  expect(status).toMatchObject({ status: 'completed', stage: 'done', progress: 1, version: 'BO1', dataset_number: 1 });
  expect(status.metrics.r2).toBeGreaterThan(0.5);
  const log = await get(`/api/training/logs/${job}`);
  expectContract('get', '/api/training/logs/:job_id', log);
  expect(log.items.map((line: { message: string }) => line.message)).toEqual(said);
}, 90_000);

test('a stream that broke off goes on after the last line that was seen', async () => {
  const { items } = await get(`/api/training/logs/${PROJECT}-training`);
  const seen = items.at(-3);
  const { text } = await request
    .get(`/api/training/logs/${PROJECT}-training`)
    .set('Accept', 'text/event-stream')
    .set('Last-Event-ID', String(seen.id))
    .buffer(true);
  const lines = readEvents(text).filter(({ event }) => event === 'line');
  expect(lines.map(({ data }) => data.id)).toEqual(items.slice(-2).map(({ id }: { id: number }) => id));
});

test('the second model is the candidate of an experiment; both can be compared on the same rows', async () => {
  await train();
  await expect
    .poll(async () => (await get(`/api/overview?project=${PROJECT}`)).experiment?.state, { timeout: 60_000 })
    .toBe('running');
  const overview = await get(`/api/overview?project=${PROJECT}`);
  expectContract('get', '/api/overview', overview);
  expect(overview).toMatchObject({
    production: { version: 'BO1', reason: 'a test', actor: 'local' },
    candidate: { version: 'CO1' },
    experiment: { production_version: 'BO1', candidate_version: 'CO1', candidate_weight_percent: 20 },
  });
  expect(overview.instances.map((one: { role: string; healthy: boolean }) => [one.role, one.healthy])).toEqual([
    ['candidate', true],
    ['production', true],
  ]);

  const detail = await get(`/api/models/CO1?project=${PROJECT}`);
  expectContract('get', '/api/models/:version', detail);
  expect(detail).toMatchObject({
    state: 'candidate',
    semantic_version: '2.0.0-co.1',
    parent_version: 'BO1',
    dataset_number: 2,
  });
  expect(Object.keys(detail.files).sort()).toEqual(['forest.bin', 'model.json', 'model.onnx', 'reference.json']);

  const comparison = await get(`/api/models/compare?project=${PROJECT}&a=BO1&b=CO1`);
  expectContract('get', '/api/models/compare', comparison);
  expect(comparison.schema).toEqual({ same: true, only_a: [], only_b: [] });
  expect(comparison.metrics.r2).toEqual({ a: expect.any(Number), b: expect.any(Number) });
  forest = decodeForest(await loop.artifacts.readFile(detail.artifact_prefix, 'forest.bin'));
  const own = JSON.parse(new TextDecoder().decode(await loop.artifacts.readFile(detail.artifact_prefix, 'model.json')));
  const row = comparison.predictions.rows.find(
    ({ input }: { input: object }) => JSON.stringify(input) === JSON.stringify(own.expected[0].row),
  );
  expect(row.b).toBeCloseTo(own.expected[0].prediction, 9);
}, 90_000);

/** A finished model in the bucket, as somebody else's training leaves it. */
async function putIncoming(name: string, change: (document: ModelDocument) => void = () => {}): Promise<string> {
  const { artifactPrefix } = await loop.registry.get(PROJECT, 'CO1');
  const files: Record<string, Uint8Array> = {};
  for (const file of ['model.json', 'forest.bin', 'reference.json'])
    files[file] = await loop.artifacts.readFile(artifactPrefix, file);
  const document = JSON.parse(new TextDecoder().decode(files['model.json']));
  change(document);
  files['model.json'] = new TextEncoder().encode(JSON.stringify(document));
  const prefix = `${smallHomePrices.prefix}/incoming/${name}/`;
  await loop.artifacts.write(prefix, { project: PROJECT, version: 'theirs', createdAt: '2026-01-01T00:00:00Z', files });
  return prefix;
}

const register = (prefix: string) =>
  request.post('/api/models').send({ project: PROJECT, key_prefix: prefix, reason: 'from research' });

test('a model trained elsewhere is measured on the same rows as ours and gets the next number', async () => {
  const { status, body } = await register(await putIncoming('twin'));
  expectContract('post', '/api/models', body);
  expect([status, body.version, body.state, body.gate_failures]).toEqual([201, 'CO2', 'staged', []]);
  // the same forest as CO1: what the worker measured for that must come out here
  const { metrics } = await get(`/api/models/CO1?project=${PROJECT}`);
  for (const name of ['mae', 'rmse', 'r2', 'incumbentMae']) expect(body.metrics[name]).toBeCloseTo(metrics[name], 9);
});

test('a foreign model that is not good enough is kept out by the gates', async () => {
  const prefix = await putIncoming('useless', (document) => {
    // every home looks like a tiny one: still a forest that says what its document expects of it
    const column = (document.encoder as EncoderPlan).columns.find(({ kind }) => kind === 'target');
    if (column?.kind !== 'target') throw new Error('the model has no target encoding');
    column.values.fill(0);
    column.other = 0;
    const rows = document.expected.map(({ row }) => row);
    const said = predictBatch(forest, encodeRows(document.encoder as EncoderPlan, rows));
    document.expected = rows.map((row, i) => ({ row, prediction: said[i]! }));
  });
  const { status, body } = await register(prefix);
  expect([status, body.state]).toEqual([201, 'rejected']);
  expect(body.gate_failures.join()).toMatch(/hold-out R² is/);
  const deploy = await request
    .post('/api/deploy')
    .send({ project: PROJECT, version: body.version, slot: 'candidate', reason: 'try' });
  expect([deploy.status, deploy.body.code]).toEqual([422, 'GATE_FAILED']);
});

test.each([
  ['another project', (document: ModelDocument) => void Object.assign(document, { project: 'iris' }), 'is of iris'],
  [
    'expectations it does not meet',
    (document: ModelDocument) => void Object.assign(document.expected[0]!, { prediction: 1 }),
    'expected row 0',
  ],
])('a foreign model with %s is refused', async (_what, change, reason) => {
  const { status, body } = await register(await putIncoming('wrong', change));
  expect([status, body.message]).toEqual([422, expect.stringContaining(reason)]);
});

test('an ONNX file alone becomes a model that says what the file says', async () => {
  const { artifactPrefix } = await loop.registry.get(PROJECT, 'CO1');
  const prefix = `${smallHomePrices.prefix}/incoming/onnx/`;
  await loop.objects.put(`${prefix}model.onnx`, await loop.artifacts.readFile(artifactPrefix, 'model.onnx'));
  const { status, body } = await register(prefix);
  expectContract('post', '/api/models', body);
  expect([status, body.state, body.gate_failures]).toEqual([201, 'staged', []]);
  // the file holds CO1 in 32-bit numbers
  const { metrics } = await get(`/api/models/CO1?project=${PROJECT}`);
  for (const name of ['mae', 'rmse', 'r2']) expect(body.metrics[name] / metrics[name]).toBeCloseTo(1, 3);
  const detail = await get(`/api/models/${body.version}?project=${PROJECT}`);
  expect(Object.keys(detail.files).sort()).toEqual(['forest.bin', 'model.json', 'model.onnx', 'reference.json']);
  const shares = Object.values(detail.importances as Record<string, number>);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  const comparison = await get(`/api/models/compare?project=${PROJECT}&a=CO1&b=${body.version}`);
  expect(comparison.predictions.mean_absolute_difference).toBeLessThan(0.1);
});

test.each([
  ['other inputs', () => onnxVectors.cases[0]!.onnx, 'takes 4 inputs, expected'],
  ['another task', () => onnxVectors.cases[3]!.onnx, 'classification'],
  ['another operator', () => onnxVectors.refused[0]!.onnx, 'LinearRegressor'],
  ['no ONNX', () => Buffer.from('hello').toString('base64'), 'not a usable ONNX model'],
])('an ONNX file with %s is refused with the reason', async (_what, onnx, reason) => {
  const prefix = `${smallHomePrices.prefix}/incoming/wrong-onnx/`;
  await loop.objects.put(`${prefix}model.onnx`, Buffer.from(onnx(), 'base64'));
  const { status, body } = await register(prefix);
  expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
  expect(body.message).toContain(reason);
});

test('a foreign model is taken from the folder for it and from nowhere else', async () => {
  const { prefix } = smallHomePrices;
  for (const folder of [
    `${prefix}_BO1/`,
    `${prefix}/incoming/../../${prefix}_BO1/`,
    'iris/incoming/x/',
    `${prefix}/incoming/`,
  ]) {
    expect((await register(folder)).status).toBe(422);
  }
  const missing = await register(`${prefix}/incoming/nothing-here/`);
  expect([missing.status, missing.body.message]).toEqual([422, expect.stringContaining('manifest')]);
});

test('what the models read is told with what the production model made of it', async () => {
  const features = await get(`/api/features?project=${PROJECT}`);
  expectContract('get', '/api/features', features);
  expect([features.version, features.target]).toEqual(['BO1', { name: 'price', unit: 'lakh INR' }]);
  const shares = features.items.map(({ importance }: { importance: number }) => importance);
  expect(shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(1, 6);
  const named = (name: string) => features.items.find((item: { name: string }) => item.name === name);
  expect(named('total_sqft').max).toBeGreaterThan(named('total_sqft').min);
  expect(named('location').most_frequent).toHaveLength(10);
  expect(named('location').categories).toBeGreaterThan(10);
});

test('a candidate cannot be put into production as it is', async () => {
  const { status, body } = await request
    .post('/api/deploy')
    .send({ project: PROJECT, version: 'CO1', reason: 'hurry' });
  expect([status, body.message]).toEqual([409, expect.stringContaining('PUT /api/models/CO1/promote')]);
});

let whenPromoted: Date;
test('a person promotes the candidate: it is copied to the next BO and the experiment ends', async () => {
  const { status, body } = await request
    .put('/api/models/CO1/promote')
    .send({ project: PROJECT, reason: 'people like it' });
  expect([status, body.previous]).toEqual([202, 'BO1']);
  expect(await delivered(body.job_id)).toEqual({ promoted: 'CO1', version: 'BO2', replaced: 'BO1' });
  whenPromoted = new Date();
  expect((await get(`/api/production?project=${PROJECT}`)).version).toBe('BO2');
  const { items } = await get(`/api/experiments?project=${PROJECT}`);
  expect(items[0]).toMatchObject({ state: 'decided', outcome: 'promote' });
}, 60_000);

/** The version that production answers with. */
async function served(): Promise<string | null> {
  const answer = await fetch(`${production.url}/api/predict_home_price`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(INPUT),
  });
  return answer.headers.get('x-model-version');
}

test('a rollback answers with the old model within two seconds, and nothing is copied or trained', async () => {
  const before = await loop.objects.list('');
  expect(await served()).toBe('BO2');
  const started = performance.now();
  const { status, body } = await request.post('/api/deploy/rollback').send({ project: PROJECT });
  expect([status, body.version, body.previous]).toEqual([202, 'BO1', 'BO2']);
  await expect.poll(served, { interval: 20, timeout: 10_000 }).toBe('BO1');
  expect(performance.now() - started).toBeLessThan(2_000);
  await delivered(body.job_id);
  expect(await loop.objects.list('')).toEqual(before);
}, 30_000);

test('which model was in production at a time is remembered, by whom and why', async () => {
  const at = (time: Date) => get(`/api/production?project=${PROJECT}&at=${encodeURIComponent(time.toISOString())}`);
  expect(await at(whenPromoted)).toMatchObject({ version: 'BO2', reason: 'people like it', actor: 'local' });
  const now = await at(new Date());
  expectContract('get', '/api/production', now);
  expect(now).toMatchObject({ version: 'BO1', reason: 'rolled back by local', ended_at: null });
  const earlier = await request.get(`/api/production?project=${PROJECT}&at=2020-01-01T00:00:00Z`);
  expect(earlier.status).toBe(404);
  const history = await get(`/api/deployments?project=${PROJECT}&slot=production&sort=created_at`);
  expect(history.items.map(({ version }: { version: string }) => version)).toEqual(['BO1', 'BO2', 'BO1']);
});

test('any BO that is named is gone back to, while a training keeps the workers busy', async () => {
  const training = await train();
  const look = () => get(`/api/training/status/${training}`);
  await expect.poll(async () => (await look()).stage, { interval: 20, timeout: 20_000 }).not.toBe('waiting');
  const { body } = await request
    .post('/api/deploy/rollback')
    .send({ project: PROJECT, version: 'BO2', reason: 'it was better' });
  await expect.poll(served, { interval: 20, timeout: 10_000 }).toBe('BO2');
  expect((await look()).status).toBe('running');
  await request.post(`/api/training/cancel/${training}`).send({});
  await delivered(body.job_id);
  expect((await get(`/api/production?project=${PROJECT}`)).version).toBe('BO2');
  await expect.poll(async () => (await look()).status, { timeout: 20_000 }).toBe('cancelled');
}, 60_000);

test('an experiment is stopped by a person: its users go to production and its candidate is kept', async () => {
  const started = await request
    .post('/api/deploy')
    .send({ project: PROJECT, version: 'CO1', slot: 'candidate', reason: 'look again' });
  await delivered(started.body.job_id);
  const { experiment } = await get(`/api/overview?project=${PROJECT}`);
  const etag = (await request.get(`/api/experiments/${experiment.id}`)).headers.etag!;
  const { status, body } = await request.post(`/api/experiments/${experiment.id}/stop`).send({ reason: 'seen enough' });
  expect(status).toBe(202);
  await delivered(body.job_id);
  expect(await get(`/api/experiments/${experiment.id}`)).toMatchObject({ state: 'stopped', outcome: 'stopped' });
  expect((await request.get(`/api/experiments/${experiment.id}`)).headers.etag).not.toBe(etag);
  expect((await get(`/api/overview?project=${PROJECT}`)).candidate).toBeNull();
  expect((await get(`/api/models/CO1?project=${PROJECT}`)).state).toBe('retired');
  const again = await request.post(`/api/experiments/${experiment.id}/stop`).send({ reason: 'seen enough' });
  expect(again.status).toBe(409);
}, 40_000);

test('the lineage of a model leads both ways', async () => {
  const lineage = await get(`/api/models/CO1/lineage?project=${PROJECT}`);
  expectContract('get', '/api/models/:version/lineage', lineage);
  expect(lineage).toMatchObject({
    code_revision: 'test',
    parent: 'BO1',
    children: ['BO2'],
    dataset: { number: 2, feedback_rows: 0 },
    run: { status: 'succeeded', cause: 'a test' },
  });
  expect(lineage.experiments).toHaveLength(2);
  const trained = await get(`/api/models?project=${PROJECT}&dataset_number=2&sort=created_at`);
  expect(trained.items.map(({ version }: { version: string }) => version)).toEqual(['CO1', 'BO2']);
});

test('every change is in the audit log, and its chain is whole', async () => {
  const { items } = await get(`/api/audit?project=${PROJECT}&limit=200`);
  const actions = items.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(
    expect.arrayContaining([
      'training.start',
      'deploy',
      'deploy.refused',
      'promote.request',
      'promote',
      'rollback.request',
      'experiment.stop.request',
      'stop',
    ]),
  );
  const request = items.find(({ action }: { action: string }) => action === 'rollback.request');
  expect(request).toMatchObject({
    actor: 'local',
    workflow_id: 'home-prices-delivery',
    details: { before: { version: 'BO1' }, after: { version: 'BO2' } },
  });
  expect((await verifyAudit(loop.pool)).findings).toEqual([]);
});
