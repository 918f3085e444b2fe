import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createAdmission } from '../../inference/access/admission.js';
import { readBody } from '../../inference/http/read-body.js';
import { FailedRequests } from '../../inference/log/failed-requests.js';
import { quantileOfBuckets } from '../../inference/metrics/quantile-of-buckets.js';
import { summarizeMetrics } from '../../inference/metrics/summarize-metrics.js';
import { readTrainingRows } from '../../inference/model/training-rows.js';
import { readDriftScore, repeat, tendPartitions } from '../../inference/upkeep.js';
import { createMetrics, inferenceMetricDefinitions } from '../../monitoring/metrics.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const logger = pino({ level: 'silent' });
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
afterEach(() => void vi.useRealTimers());

test('a body that does not arrive is given up after 15 s, one that arrived is not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const incoming = () => Object.assign(new PassThrough(), { headers: {} }) as unknown as Parameters<typeof readBody>[0];
  const [late, punctual, later] = [incoming(), incoming(), incoming()];
  const refused = expect(readBody(late, 100)).rejects.toMatchObject({
    problem: { status: 408, code: 'REQUEST_TIMEOUT', message: 'the body did not arrive within 15 s' },
  });
  const arrived = readBody(punctual, 100);
  (punctual as unknown as PassThrough).end('here');
  expect((await arrived).toString()).toBe('here');
  vi.advanceTimersByTime(10_000);
  const last = readBody(later, 100);
  vi.advanceTimersByTime(6_000);
  await refused;
  (later as unknown as PassThrough).end('in time');
  expect((await last).toString()).toBe('in time');
});

test('a quantile is interpolated within its bucket, and lies at the last bound when it is above', () => {
  const buckets = [
    [1, 10],
    [2, 30],
    [Number.POSITIVE_INFINITY, 40],
  ] as const;
  // the 20th of 40 is the middle of the 20 between 1 and 2
  expect(quantileOfBuckets(buckets, 0.5)).toBe(1.5);
  expect(quantileOfBuckets(buckets, 0.99)).toBe(2);
  expect(quantileOfBuckets(buckets, 0)).toBe(0);
  expect([quantileOfBuckets([], 0.5), quantileOfBuckets([[1, 0]], 0.5)]).toEqual([null, null]);
});

test('figures of a service that has told none are zero or unknown', () => {
  const told = summarizeMetrics({ text: '', contentType: '', metrics: [] });
  expect(told.predictions).toMatchObject({ total: 0, by_version: {}, latency_ms: { count: 0, mean: null, p95: null } });
  expect(told.log).toMatchObject({ pending: 0, spooled: 0 });
});

test('only so many keys are remembered, and the oldest is asked for again', async () => {
  const asked: string[] = [];
  const admit = createAdmission(
    async (text) => {
      asked.push(text);
      return { id: 1, name: text, role: 'viewer', scopes: null, requestsPerMinute: null, expiresAt: null } as never;
    },
    () => 0,
  );
  const ask = (key: string) => admit({ headers: { 'x-api-key': key } } as never, 'predict:write');
  for (let i = 0; i < 10_001; i++) await ask(`key-${i}`);
  await ask('key-10000');
  expect(asked).toHaveLength(10_001);
  await ask('key-0');
  expect(asked.slice(10_001)).toEqual(['key-0']);
});

test('failures of very many users do not fill the memory, and those remembered are counted once', async () => {
  const counted: { userId: string; errors: number }[] = [];
  const failed = new FailedRequests(async (all) => void counted.push(...all));
  const caller = { experimentId: 1, assignedVariant: null, shadow: false, requestId: null };
  for (let i = 0; i < 10_002; i++) failed.add({ ...caller, userId: `user-${i}` });
  failed.add({ ...caller, userId: 'user-0' });
  await failed.flush();
  expect(counted).toHaveLength(10_000);
  expect(counted[0]).toMatchObject({ userId: 'user-0', variant: 'production', errors: 2 });
  await failed.flush();
  expect(counted).toHaveLength(10_000);
});

test('a snapshot whose last piece is full is read to its end', async () => {
  const lines = Array.from({ length: 1_000 }, (_, i) => String(i));
  const rows = await readTrainingRows(`a\n${lines.join('\n')}\n`, 1_000);
  expect(rows.map(({ a }) => String(a))).toEqual(lines);
});

test('a chore is done again and again, never twice at a time, and its failure waits for the next', async () => {
  let running = 0;
  let most = 0;
  let done = 0;
  const errors: unknown[] = [];
  const end = repeat(
    5,
    async () => {
      most = Math.max(most, ++running);
      await sleep(20);
      running--;
      if (done++ === 0) throw new Error('away');
    },
    (error) => errors.push(error),
  );
  await vi.waitUntil(() => done >= 3);
  end();
  expect([most, errors.length]).toEqual([1, 1]);
});

test('partitions are made ahead and dropped once nobody keeps them', async () => {
  const { pool } = database;
  const names = async () =>
    (
      await pool.query<{ name: string }>(
        "select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'predictions'::regclass",
      )
    ).rows.map(({ name }) => name);
  await pool.query(
    "create table predictions_20200101 partition of predictions for values from ('2020-01-01Z') to ('2020-01-02Z')",
  );
  await tendPartitions(pool, undefined, logger);
  expect(await names()).toContain('predictions_20200101');
  await tendPartitions(pool, 30, logger);
  expect(await names()).not.toContain('predictions_20200101');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  expect(await names()).toContain(`predictions_${tomorrow}`);
});

test('the drift score is that of the latest report, and stays away before the first one', async () => {
  const registry = new Registry();
  const metrics = createMetrics(registry, inferenceMetricDefinitions);
  const line = async () => /^model_drift_score\{.*$/m.exec(await registry.metrics())?.[0];
  await readDriftScore(database.pool, 'homes', metrics);
  expect(await line()).toBeUndefined();
  await database.pool.query(
    `insert into drift_reports (project, model_version, window_start, window_end, rows, drifted, score, report, idempotency_key)
     values ('homes', 'BO1', now(), now(), 10, true, 0.4, '{}', 'k')`,
  );
  await readDriftScore(database.pool, 'homes', metrics);
  expect(await line()).toMatch(/project="homes".* 0\.4$/);
});
