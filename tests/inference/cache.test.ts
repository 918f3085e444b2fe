import type { ChildProcess } from 'node:child_process';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { freePorts } from '../../stack/ports.js';
import { startRedis } from '../support/redis.js';
import { get, home, post } from './support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from './support/inference-world.js';

let world: InferenceWorld;
let redis: ChildProcess;
let redisUrl: string;

beforeAll(async () => {
  const [port] = (await freePorts(1)) as [number];
  redisUrl = `redis://127.0.0.1:${port}`;
  [world, redis] = await Promise.all([createInferenceWorld(), startRedis(port)]);
  await world.publish('BO1');
  await world.assign('production', 'BO1');
}, 120_000);
afterAll(async () => {
  await world?.close();
  redis?.kill('SIGKILL');
});

async function startServing(instanceId: string): Promise<RunningService> {
  const running = await world.start({ instanceId, redisUrl });
  await until(() => running.service.model.current !== null && running.service.ids.left > 0, 20_000);
  return running;
}

test('an instance answers with what another one has kept; predictions are made and recorded each time', async () => {
  const client = createClient({ url: redisUrl });
  await client.connect();
  const first = await startServing('first');
  const { body } = await get(first, '/api/get_location_names');
  expect(body.locations).toContain('Whitefield');
  await until(async () => (await client.keys('incumbent:*')).length === 1);
  const [key] = (await client.keys('incumbent:*')) as [string];
  expect(key).toMatch(/^incumbent:home-prices:BO1:run-BO1:/);
  expect(JSON.parse((await client.get(key))!)).toEqual(body);

  const marked = { ...body, locations: ['kept by another'] };
  await client.set(key, JSON.stringify(marked));
  const second = await startServing('second');
  expect((await get(second, '/api/get_location_names')).body).toEqual(marked);
  expect((await get(second, '/metrics')).body).toMatch(/^feature_read_seconds_count\{[^}]*outcome="hit"[^}]*\} 1$/m);

  const [one, two] = [
    await post(first, '/api/predict', { features: home }),
    await post(second, '/api/predict', { features: home }),
  ];
  expect(one.body.prediction).toBe(two.body.prediction);
  expect(one.body.prediction_id).not.toBe(two.body.prediction_id);
  expect(await client.keys('incumbent:*')).toEqual([key]);
  client.destroy();
});

test('with Redis killed, lists and predictions are answered as before', async () => {
  const service = await startServing('third');
  redis.kill('SIGKILL');
  const { status, body } = await get(service, '/api/get_location_names');
  expect([status, body.locations.includes('Whitefield')]).toEqual([200, true]);
  expect((await post(service, '/api/predict', { features: home })).status).toBe(200);
});
