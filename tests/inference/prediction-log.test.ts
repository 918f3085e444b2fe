import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPredictionStore, type PredictionStore } from '../../adapters/postgres/prediction-log.js';
import { makePartitions } from '../../adapters/postgres/prediction-partitions.js';
import type { PredictionRecord } from '../../adapters/postgres/prediction-record.js';
import { Spool } from '../../adapters/spool/spool.js';
import { UnavailableError } from '../../core/errors.js';
import { IdSource } from '../../inference/log/id-source.js';
import { PredictionLog } from '../../inference/log/prediction-log.js';
import { createMetrics, inferenceMetricDefinitions } from '../../monitoring/metrics.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from './support/inference-world.js';

const logger = pino({ level: 'silent' });
let database: TestDatabase;
let store: PredictionStore;
let folder: string;
let nextId = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  store = createPredictionStore({ pool: database.pool, project: 'p', latencyBudgetMs: 5000, timeoutMs: 2_000 });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incumbent-log-'));
});
afterAll(async () => {
  await database.drop();
});

function record(more: Partial<PredictionRecord> = {}): PredictionRecord {
  return {
    id: ++nextId,
    modelVersion: 'BO1',
    variant: 'production',
    assignedVariant: 'production',
    experimentId: 1,
    userId: 'u',
    requestId: null,
    shadow: false,
    input: '{"a":"quote \\" and \\\\ backslash"}',
    prediction: 1.5,
    latencyMs: 10,
    createdAt: Date.UTC(2026, 0, 1),
    ...more,
  };
}

async function openSpool(maxBytes = 1_000_000): Promise<Spool> {
  const spool = new Spool({ folder, worker: 0, workers: 1, maxBytes, logger });
  await spool.open();
  return spool;
}

function createLog(spool: Spool, over: PredictionStore, maxPending = 1000): PredictionLog {
  const metrics = createMetrics(new Registry(), inferenceMetricDefinitions);
  return new PredictionLog({ store: over, spool, maxPending, maxGroup: 100, concurrency: 2, metrics, logger });
}

/** The real store, but out of reach while `away()`. */
function interrupted(away: () => boolean): PredictionStore {
  const guard = <T>(act: () => Promise<T>) => (away() ? Promise.reject(new Error('connection refused')) : act());
  return {
    write: (rows) => guard(() => store.write(rows)),
    reserveIds: (blocks) => guard(() => store.reserveIds(blocks)),
    ping: () => guard(() => store.ping()),
  };
}

const recordedIds = async (ids: number[]) =>
  (
    await database.pool.query<{ id: number }>('select id from predictions where id = any($1) order by id', [ids])
  ).rows.map(({ id }) => id);

test('writing the same rows again changes neither rows nor counts', async () => {
  const rows = [record({ userId: 'twice' }), record({ userId: 'twice' })];
  expect(await store.write(rows)).toBe(2);
  expect(await store.write(rows)).toBe(0);
  const { rows: counts } = await database.pool.query(
    "select requests, latency_ms_sum from experiment_users where user_id = 'twice'",
  );
  expect(counts).toEqual([{ requests: 2, latency_ms_sum: 20 }]);
  const { rows: inputs } = await database.pool.query('select input from predictions where id = $1', [rows[0]!.id]);
  expect(inputs[0].input).toEqual({ a: 'quote " and \\ backslash' });
});

test('writers of the same users never wait for each other in a circle', async () => {
  const users = Array.from({ length: 30 }, (_, i) => `user-${i}`);
  const groups = Array.from({ length: 20 }, (_, g) =>
    (g % 2 ? users : [...users].reverse()).map((userId) => record({ userId })),
  );
  const written = await Promise.all(groups.map((rows) => store.write(rows)));
  expect(written).toEqual(groups.map(() => 30));
});

test('a partition that is attached in mid-write costs no row', async () => {
  const now = new Date('2030-06-01T12:00:00Z');
  let made = false;
  const making = makePartitions(database.pool, now, 3).then(() => {
    made = true;
  });
  const ids: number[] = [];
  do {
    const rows = [record({ createdAt: now.getTime() + 86_400_000 })];
    ids.push(rows[0]!.id);
    await store.write(rows);
  } while (!made);
  await making;
  expect(await recordedIds(ids)).toEqual(ids);
});

test('one row that Postgres refuses does not take its group down', async () => {
  const log = createLog(await openSpool(), store);
  const good = [record(), record(), record()];
  const bad = record({ input: '{"a":"\\u0000"}' });
  const outcomes = await Promise.allSettled([good[0]!, bad, ...good.slice(1)].map((row) => log.append(row)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(await recordedIds(good.map(({ id }) => id))).toEqual(good.map(({ id }) => id));
});

test('while Postgres is away rows go to disk; they are replayed once it is back, also by the next process', async () => {
  let away = true;
  const first = createLog(
    await openSpool(),
    interrupted(() => away),
  );
  const rows = Array.from({ length: 5 }, () => record({ userId: 'patient' }));
  await Promise.all(rows.map((row) => first.append(row)));
  expect([first.away, await recordedIds(rows.map(({ id }) => id))]).toEqual([true, []]);
  await first.close();

  const spool = await openSpool();
  expect(spool.rows).toBe(5);
  away = false;
  const second = createLog(
    spool,
    interrupted(() => away),
  );
  second.start();
  await until(() => spool.rows === 0);
  expect(await recordedIds(rows.map(({ id }) => id))).toEqual(rows.map(({ id }) => id));
  expect(readdirSync(folder)).toEqual([]);
  await second.close();
});

test('a line torn by a crash is left out, a damaged one is kept for a look and the rest is replayed', async () => {
  const spool = await openSpool();
  const rows = [record(), record(), record()];
  await spool.append(rows.map((row) => JSON.stringify(row)));
  await spool.close();
  const path = join(folder, readdirSync(folder)[0]!);
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [lines[0], lines[1]!.replace('BO1', 'BO7'), lines[2], ''].join('\n'));
  appendFileSync(path, lines[0]!.slice(0, 40));
  const next = await openSpool();
  const log = createLog(next, store);
  log.start();
  await until(() => next.rows === 0);
  expect(await recordedIds(rows.map(({ id }) => id))).toEqual([rows[0]!.id, rows[2]!.id]);
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.refused$/)]);
  await log.close();
});

test('a full spool refuses, so that nothing is answered that is not recorded', async () => {
  const log = createLog(
    await openSpool(600),
    interrupted(() => true),
  );
  const outcomes = [];
  for (let i = 0; i < 5; i++)
    outcomes.push(
      await log.append(record()).then(
        () => 'recorded',
        (error) => error,
      ),
    );
  expect(outcomes[0]).toBe('recorded');
  expect(outcomes.at(-1)).toBeInstanceOf(UnavailableError);
  await log.close();
});

test('more rows than may wait are refused at once', async () => {
  const log = createLog(await openSpool(), store, 10);
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => log.append(record())));
  const recorded = outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect(recorded).toBeGreaterThanOrEqual(10); // that may wait, besides those that two commits have taken
  expect(recorded).toBeLessThanOrEqual(20);
  expect(outcomes.at(-1)).toMatchObject({ reason: expect.any(UnavailableError) });
  await log.close();
});

test('segments of processes that are no more belong to the first one', async () => {
  const third = new Spool({ folder, worker: 2, workers: 3, maxBytes: 1e6, logger });
  await third.open();
  await third.append([JSON.stringify(record())]);
  await third.close();
  const [first, second] = [0, 1].map((worker) => new Spool({ folder, worker, workers: 2, maxBytes: 1e6, logger }));
  await Promise.all([first!.open(), second!.open()]);
  expect([first!.rows, second!.rows]).toEqual([1, 0]);
});

test('ids come from blocks fetched ahead, are never given twice, and run out only when Postgres stays away', async () => {
  let away = false;
  const reserve = (blocks: number) => interrupted(() => away).reserveIds(blocks);
  const options = { reserve, blockSize: 1000, least: 3000, lastSeconds: 1, most: 10_000, logger };
  const [one, other] = [new IdSource(options), new IdSource(options)];
  await Promise.all([one.refill(), other.refill()]);
  away = true;
  const drain = (source: IdSource) => {
    const ids: number[] = [];
    for (let id = source.take(); id !== null; id = source.take()) ids.push(id);
    return ids;
  };
  const ids = [...drain(one), ...drain(other)];
  expect(ids.length).toBeGreaterThanOrEqual(6000);
  expect(new Set(ids).size).toBe(ids.length);
  away = false;
  await one.refill();
  expect(ids).not.toContain(one.take());
  rmSync(folder, { recursive: true, force: true });
});
