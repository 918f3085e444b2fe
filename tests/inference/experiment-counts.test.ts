import { afterAll, beforeAll, expect, test } from 'vitest';
import { countPredictionErrors } from '../../adapters/postgres/prediction-errors.js';
import { createPredictionStore, type PredictionStore } from '../../adapters/postgres/prediction-log.js';
import type { PredictionRecord } from '../../adapters/postgres/prediction-record.js';
import { latencyBucket } from '../../core/experiment/latency-buckets.js';
import { FailedRequests } from '../../inference/log/failed-requests.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let store: PredictionStore;
let nextId = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  store = createPredictionStore({ pool: database.pool, project: 'p', latencyBudgetMs: 5000, timeoutMs: 2_000 });
});
afterAll(() => database.drop());

function record(experimentId: number, more: Partial<PredictionRecord> = {}): PredictionRecord {
  return {
    id: ++nextId,
    modelVersion: 'BO1',
    variant: 'production',
    assignedVariant: 'production',
    experimentId,
    userId: 'u',
    requestId: null,
    shadow: false,
    input: '{}',
    prediction: 1,
    latencyMs: 3,
    createdAt: Date.UTC(2026, 0, 1),
    ...more,
  };
}

async function latencies(experimentId: number) {
  const { rows } = await database.pool.query(
    `select variant, bucket, sum(requests)::int as requests from experiment_latency where experiment_id = $1
     group by 1, 2 order by 1, 2`,
    [experimentId],
  );
  return rows;
}

test('latencies are counted by bucket with the rows, once, and only those that users of the variant met', async () => {
  const rows = [
    record(1),
    record(1, { latencyMs: 3.0001, userId: 'v' }),
    record(1, { latencyMs: 80 }),
    record(1, { variant: 'candidate', assignedVariant: 'candidate' }),
    record(1, { assignedVariant: 'candidate' }), // the candidate failed: this latency is nobody's
    record(1, { shadow: true }),
    record(1, { userId: null }),
  ];
  await store.write(rows);
  await store.write(rows);
  expect(await latencies(1)).toEqual([
    { variant: 'candidate', bucket: latencyBucket(3), requests: 1 },
    { variant: 'production', bucket: latencyBucket(3), requests: 2 },
    { variant: 'production', bucket: latencyBucket(80), requests: 1 },
  ]);
});

test('a group whose commit takes long holds nobody up who counts the same latencies', async () => {
  const slow = await database.pool.connect();
  try {
    const [{ pid }] = (await slow.query<{ pid: number }>('select pg_backend_pid() as pid')).rows as [{ pid: number }];
    await slow.query('begin');
    await slow.query("insert into experiment_latency values (2, 'production', $1, 5, $2)", [
      latencyBucket(3),
      pid % 32,
    ]);
    await store.write([record(2)]);
    await slow.query('commit');
  } finally {
    slow.release();
  }
  expect(await latencies(2)).toEqual([{ variant: 'production', bucket: latencyBucket(3), requests: 6 }]);
});

const caller = { experimentId: 3, userId: 'u', assignedVariant: null, requestId: null, shadow: false };

test('failed requests are counted with their users, also when the database was away in between', async () => {
  let away = true;
  const failed = new FailedRequests((all) =>
    away ? Promise.reject(new Error('away')) : countPredictionErrors(database.pool, all),
  );
  await store.write([record(3)]);
  failed.add(caller);
  failed.add({ ...caller, assignedVariant: 'candidate', userId: 'w' });
  await expect(failed.flush()).rejects.toThrow('away');
  failed.add(caller);
  for (const other of [{ experimentId: null }, { userId: null }, { shadow: true }]) failed.add({ ...caller, ...other });
  away = false;
  await failed.flush();
  await failed.flush();
  const { rows } = await database.pool.query(
    'select variant, user_id, requests, errors from experiment_users where experiment_id = 3 order by user_id',
  );
  expect(rows).toEqual([
    { variant: 'production', user_id: 'u', requests: 1, errors: 2 },
    { variant: 'candidate', user_id: 'w', requests: 0, errors: 1 },
  ]);
});
