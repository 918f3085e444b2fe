import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChaosWorld, createChaosWorld } from './support/chaos-world.js';
import { get, home, type Json, post } from './support/http.js';
import { until } from './support/inference-world.js';

let world: ChaosWorld;

beforeAll(async () => {
  world = await createChaosWorld();
  await world.publish('BO1', 1);
  await world.assign('BO1');
}, 180_000);
afterAll(() => world?.close());

test('two processes on one port: metrics add up, a dead one comes back, and both stop in order', {
  timeout: 90_000,
}, async () => {
  const primary = await world.start({ INFERENCE_WORKERS: '2' });
  const instances = () =>
    world.query<{ id: string; generation: number }>('select id, generation from instances order by id');
  await until(async () => (await instances()).length === 2, 20_000);
  expect((await instances()).map(({ id }) => id.replace(/^.*-w/, 'w'))).toEqual(['w0', 'w1']);

  const answers = await Promise.all(Array.from({ length: 60 }, () => post(world, '/api/predict_home_price', home)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const ids = answers.map(({ body }) => body.prediction_id);
  expect(new Set(ids).size).toBe(60);
  const total = async () => ((await get(world, '/api/metrics')).body as Json).predictions.total;
  expect([await total(), await total(), await total()]).toEqual([60, 60, 60]);
  expect((await get(world, '/metrics')).body).toMatch(/prediction_requests_total\{[^}]*\} 60/);

  const children = () =>
    readFileSync(`/proc/${primary.pid}/task/${primary.pid}/children`, 'utf8').trim().split(' ').map(Number);
  const workers = children().filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.ts'));
  expect(workers).toHaveLength(2);
  process.kill(workers[0]!, 'SIGKILL');
  await until(() => children().filter((pid) => !workers.includes(pid)).length > 0, 20_000);
  await until(async () => (await post(world, '/api/predict_home_price', home).catch(() => null))?.status === 200);

  primary.kill('SIGTERM');
  await new Promise((resolve) => primary.on('exit', resolve));
  expect(primary.exitCode).toBe(0);
});
