import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChaosWorld, createChaosWorld } from './support/chaos-world.js';
import { get } from './support/http.js';
import { until } from './support/inference-world.js';
import { type Load, startLoad } from './support/load.js';

let world: ChaosWorld;
let service: ChildProcess;

beforeAll(async () => {
  world = await createChaosWorld();
  await Promise.all([world.publish('BO1', 1), world.publish('BO2', 2)]);
  await world.assign('BO1');
}, 180_000);
afterAll(() => world?.close());

async function spoolIsEmpty(): Promise<boolean> {
  const { body } = await get(world, '/api/health');
  return body.database === 'up' && body.spool.predictions === 0;
}

/** Waits until more than so many predictions were answered, on a busy machine too. */
const answers = (load: Load, count: number) => until(() => load.answered.length > count, 40_000);

/** Every answered prediction is recorded once, and every acknowledged rating is stored. */
async function expectRecorded({ answered, rated }: Load): Promise<void> {
  const recorded = await world.query<{ id: number }>('select id from predictions where id = any($1)', [answered]);
  expect(new Set(answered).size).toBe(answered.length);
  expect(recorded.map(({ id }) => id).sort((a, b) => a - b)).toEqual([...answered].sort((a, b) => a - b));
  const stored = await world.query<{ id: number }>(
    "select prediction_id as id from feedback where prediction_id = any($1) and type = 'rating' and superseded_at is null",
    [rated],
  );
  expect(stored).toHaveLength(rated.length);
  const [twice] = await world.query<{ n: number }>('select count(*) - count(distinct id) as n from predictions');
  expect(twice!.n).toBe(0);
}

/** Moreover the users' counts add up. */
async function expectNothingLost(load: Load): Promise<void> {
  await expectRecorded(load);
  const sums = await world.query(
    `select (select sum(requests) from experiment_users)::int as counted, (select count(*) from predictions)::int as recorded,
            (select sum(ratings) from experiment_users)::int as ratings,
            (select count(*) from feedback where type = 'rating' and superseded_at is null)::int as feedback`,
  );
  const { counted, recorded: rows, ratings, feedback } = sums[0]!;
  expect([counted, ratings]).toEqual([rows, feedback]);
}

test('kill -9 of the service under load loses no answered prediction', { timeout: 150_000 }, async () => {
  const first = await world.start();
  const load = startLoad(world.address);
  await answers(load, 300);
  first.kill('SIGKILL');
  const second = await world.start();
  const before = load.answered.length;
  await answers(load, before + 100);
  await load.stop();
  await expectNothingLost(load);
  expect(load.rated.length).toBeGreaterThan(10);
  second.kill('SIGTERM');
  await new Promise((resolve) => second.on('exit', resolve));
  expect(second.exitCode).toBe(0);
  expect(await world.query('select id from instances')).toEqual([]);
});

test('kill -9 of Postgres under load: serving goes on, and the spool is replayed once', {
  timeout: 150_000,
}, async () => {
  service = await world.start();
  const load = startLoad(world.address);
  await answers(load, 200);
  world.kill('postgres');
  const before = load.answered.length;
  await answers(load, before + 200);
  await until(spoolIsEmpty, 30_000);
  await load.stop();
  expect([load.refused, load.broken]).toEqual([[], []]);
  await expectNothingLost(load);
});

test('kill -9 of Postgres, then of the service with a full spool: a restart finds it all', {
  timeout: 150_000,
}, async () => {
  const load = startLoad(world.address);
  await answers(load, 100);
  world.kill('postgres');
  await until(async () => (await get(world, '/api/health')).body.spool.predictions > 30);
  service.kill('SIGKILL');
  await load.stop();
  service = await world.start();
  await until(spoolIsEmpty, 30_000);
  await expectNothingLost(load);
});

test('kill -9 of S3 under load: the model in memory serves, and the next one comes when S3 is back', {
  timeout: 150_000,
}, async () => {
  const load = startLoad(world.address);
  await answers(load, 100);
  world.kill('s3');
  await world.assign('BO2');
  const before = load.answered.length;
  await answers(load, before + 100);
  await until(async () => (await get(world, '/api/health')).body.model_version === 'BO2', 40_000);
  await load.stop();
  expect([load.refused, load.broken]).toEqual([[], []]);
  await expectNothingLost(load);
});

test('kill -9 of nginx under load: the router comes back, and what was answered is recorded', {
  timeout: 150_000,
}, async () => {
  const first = await world.startRouter();
  const exit = new Promise((resolve) => first.once('exit', resolve));
  const load = startLoad(world.routerAddress);
  await answers(load, 200);
  world.killNginx();
  expect(await exit).toBe(1); // whoever supervises it starts it again
  const second = await world.startRouter();
  const before = load.answered.length;
  await answers(load, before + 200);
  await load.stop();
  expect(load.broken.length).toBeGreaterThan(0);
  expect(load.rated.length).toBeGreaterThan(10);
  await expectRecorded(load);
  second.kill('SIGTERM');
});
