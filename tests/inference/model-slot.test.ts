import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { withLocalCopy } from '../../adapters/artifacts/local-copy.js';
import { loadModel } from '../../inference/model/load-model.js';
import type { RunningService } from '../../inference/start-service.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { get, home, post } from './support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  world = await createInferenceWorld();
  await Promise.all([
    world.publish('BO1'),
    world.publish('BO2', { randomState: 2 }),
    world.publish('BO3', { randomState: 3 }),
  ]);
  running = await world.start();
});
afterAll(() => world.close());

const serves = (version: string | null) => until(() => (running.service.model.current?.version ?? null) === version);
const instance = async () => (await world.database.pool.query('select * from instances')).rows[0];

test('an empty slot answers 503 with Retry-After, and health says that all is well with the process', async () => {
  await until(() => running.service.model.known);
  const [prediction, health, ready] = await Promise.all([
    post(running, '/api/predict_home_price', home),
    get(running, '/api/health'),
    get(running, '/api/predict/health'),
  ]);
  expect([prediction.status, prediction.body.code, prediction.headers.get('retry-after')]).toEqual([
    503,
    'NO_MODEL',
    '5',
  ]);
  expect([health.status, health.body.status, ready.status]).toEqual([200, 'no_model', 503]);
});

test('a version put into the slot is served and acknowledged', async () => {
  const generation = await world.assign('production', 'BO1');
  await serves('BO1');
  await until(async () => (await instance())?.generation === generation);
  expect(await instance()).toMatchObject({ role: 'production', version: 'BO1', error: null, address: running.address });
});

test('a swap under load fails no request, and no answer mixes two models', async () => {
  const price = async () => (await post(running, '/api/predict_home_price', home)).body;
  const before = await price();
  const answers: { status: number; version: string; price: number }[] = [];
  let going = true;
  const clients = Array.from({ length: 8 }, async () => {
    while (going) {
      const { status, body } = await post(running, '/api/predict_home_price', home);
      answers.push({ status, version: body.model_version, price: body.estimated_price });
    }
  });
  await world.assign('production', 'BO2');
  await serves('BO2');
  const after = await price();
  going = false;
  await Promise.all(clients);
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const seen = new Set(answers.map(({ version, price: value }) => `${version} ${value}`));
  const possible = [`BO1 ${before.estimated_price}`, `BO2 ${after.estimated_price}`];
  expect(before.estimated_price).not.toBe(after.estimated_price);
  expect([...seen].every((one) => possible.includes(one))).toBe(true);
});

test('going back takes no download', async () => {
  const prefix = 'price_check_BO1/';
  await world.objects.deletePrefix(prefix);
  await world.assign('production', 'BO1');
  await serves('BO1');
  expect((await post(running, '/api/predict_home_price', home)).body.model_version).toBe('BO1');
  await world.publish('BO1');
});

test.each([
  ['a forest cut short', 'forest.bin', (bytes: Uint8Array) => bytes.slice(0, bytes.length - 8)],
  ['a flipped bit', 'forest.bin', (bytes: Uint8Array) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1)],
  ['another document', 'model.json', (bytes: Uint8Array) => Buffer.from(bytes.toString().replace('BO3', 'BO9'))],
])('%s never takes the place of a good model', async (_what, file, damage) => {
  await world.publish('BO3', { randomState: 3 });
  const key = `price_check_BO3/${file}`;
  const good = Buffer.from(await world.objects.get(key));
  await world.objects.put(key, damage(good));
  const generation = await world.assign('production', 'BO3');
  await until(async () => (await instance()).error !== null && (await instance()).refused_generation === generation);
  expect(await instance()).toMatchObject({ version: 'BO1', error: expect.stringContaining('BO3') });
  const health = await get(running, '/api/health');
  expect([health.status, health.body.status, health.body.model_version]).toEqual([200, 'degraded', 'BO1']);
  expect((await post(running, '/api/predict_home_price', home)).body.model_version).toBe('BO1');
  await world.assign('production', 'BO1');
  await until(async () => (await instance()).error === null);
});

test('a model whose predictions are not what its trainer expected is refused', async () => {
  const { trainHomeModel } = await import('./support/train-home-model.js');
  const { document, files } = trainHomeModel('BO3', { randomState: 3 });
  const expected = document.expected.map((one) => ({ ...one, prediction: one.prediction * (1 + 1e-6) }));
  await createArtifactStore(world.objects).write('price_check_BO3/', {
    project: 'home-prices',
    version: 'BO3',
    createdAt: document.lineage.trainedAt,
    files: { ...files, 'model.json': Buffer.from(JSON.stringify({ ...document, expected })) },
  });
  const generation = await world.assign('production', 'BO3');
  await until(async () => (await instance()).refused_generation === generation);
  expect((await instance()).error).toMatch(/expected row 0 to give/);
  await world.assign('production', 'BO1');
  await serves('BO1');
});

test('a start while the database and the storage are away serves the version served last', async () => {
  await until(() => running.service.model.current !== null);
  await sleep(100); // the last version is noted after the swap
  const folder = join(world.home, 'models');
  const objects = withLocalCopy(world.objects, folder, pino({ level: 'silent' }));
  await loadModel(createArtifactStore({ ...world.objects, ...objects }), homePrices, 'BO1');
  const unreachable = withLocalCopy(
    { get: () => Promise.reject(new Error('storage away')) },
    folder,
    pino({ level: 'silent' }),
  );
  const alone = await world.start({
    instanceId: 'alone',
    databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing',
    artifacts: createArtifactStore({ ...world.objects, ...unreachable }),
  });
  await until(() => alone.service.model.current?.version === 'BO1');
  // there are no ids without a database: nothing is answered that could not be recorded
  expect((await post(alone, '/api/predict_home_price', home)).status).toBe(503);
  expect((await get(alone, '/api/get_location_names')).status).toBe(200);
  await alone.stop();
});

test('an emptied slot serves nothing more', async () => {
  await world.assign('production', null);
  await serves(null);
  expect((await post(running, '/api/predict_home_price', home)).status).toBe(503);
});

test('a stopped service answers what it has taken, and is no longer an instance', async () => {
  await world.assign('production', 'BO2');
  const second = await world.start({ instanceId: 'second' });
  await until(() => second.service.model.current !== null);
  const requests = Array.from({ length: 20 }, () => post(second, '/api/predict_home_price', home));
  await until(() => second.service.ids.left < 10_000 && second.service.log.pending >= 0);
  await Promise.race(requests);
  const stopped = second.stop();
  const answers = await Promise.allSettled(requests);
  await stopped;
  const answered = answers.flatMap((one) =>
    one.status === 'fulfilled' && one.value.status === 200 ? [one.value.body] : [],
  );
  const ids = answered.map(({ prediction_id }) => prediction_id);
  const { rows } = await world.database.pool.query('select id from predictions where id = any($1)', [ids]);
  expect(ids.length).toBeGreaterThan(0);
  expect(rows).toHaveLength(ids.length);
  const { rows: instances } = await world.database.pool.query("select id from instances where id = 'second'");
  expect(instances).toEqual([]);
  await expect(fetch(`http://${second.address}/api/health`)).rejects.toThrow();
});
