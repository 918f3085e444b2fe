import type { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHoursOfPredictions } from '../../control/monitoring/hours-of-predictions.js';
import { watchHours } from '../../control/upkeep/count-hours.js';
import { createTestDatabase } from '../support/database.js';

const HOUR_MS = 3_600_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let queries = 0;
let pool: Pool;
/** Half past an hour, so that only the hour under way is open. */
let time = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2;
const now = () => time;
const hoursBack = (hours: number) => new Date(time - hours * HOUR_MS);

beforeAll(async () => {
  database = await createTestDatabase();
  pool = {
    query: (...of: Parameters<Pool['query']>) => {
      queries++;
      return database.pool.query(...of);
    },
  } as Pool;
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('delete from predictions');
  // one in each of the last 30 hours, latency 0 … 29 ms
  await database.pool.query(
    `insert into predictions (id, project, model_version, variant, user_id, input, prediction, latency_ms, created_at)
     select i + 1, 'p', 'BO1', 'production', 'u' || i, '{}', 100, i, $1::timestamptz - make_interval(hours => i)
     from generate_series(0, 29) i`,
    [new Date(time - 1)],
  );
  queries = 0;
});

test('what was counted ahead costs a look one query: the hour under way', async () => {
  const hours = createHoursOfPredictions(pool, now);
  await hours.countAhead('p', 24);
  expect(queries).toBe(24);
  const found = await hours.read('p', hoursBack(24), new Date(time));
  expect(queries).toBe(25);
  expect(found.map(({ p95LatencyMs }) => p95LatencyMs)).toEqual(Array.from({ length: 25 }, (_, i) => 24 - i));
  expect(found.map(({ hour }) => hour.getTime())).toEqual(
    Array.from({ length: 25 }, (_, i) => time - HOUR_MS / 2 - (24 - i) * HOUR_MS),
  );
});

test('looks at the same time share a count, and a closed hour is not counted twice', async () => {
  const hours = createHoursOfPredictions(pool, now);
  const look = () => hours.read('p', hoursBack(3), new Date(time));
  const [one, two] = await Promise.all([look(), look()]);
  expect(two).toEqual(one);
  // three closed hours once, the hour under way for each
  expect(queries).toBe(5);
  await look();
  expect(queries).toBe(6);
});

test('an hour gets its late rows: it is final ten minutes after its end', async () => {
  const started = time;
  try {
    time = Math.floor(started / HOUR_MS) * HOUR_MS + 5 * 60_000;
    const hours = createHoursOfPredictions(pool, now);
    const lastHour = async () => (await hours.read('p', hoursBack(1), new Date(time))).map(({ requests }) => requests);
    expect((await lastHour())[0]).toBe(1);
    await database.pool.query(
      `insert into predictions (id, project, model_version, variant, input, prediction, latency_ms, created_at)
       values (999, 'p', 'BO1', 'production', '{}', 1, 1, $1)`,
      [new Date(time - 10 * 60_000)],
    );
    expect((await lastHour())[0]).toBe(2);
  } finally {
    time = started;
  }
});

test('what is known for half a day is counted anew, so that erased rows leave it', async () => {
  const started = time;
  try {
    const hours = createHoursOfPredictions(pool, now);
    const seen = () => hours.read('p', new Date(started - 2 * HOUR_MS), new Date(started - HOUR_MS / 2));
    expect(await seen()).toHaveLength(2);
    await database.pool.query('delete from predictions');
    expect(await seen()).toHaveLength(2);
    time += 12 * HOUR_MS;
    expect(await seen()).toEqual([]);
  } finally {
    time = started;
  }
});

test('the hours of the week are counted in the background, a failure is told and the end does not wait for the week', async () => {
  const hours = createHoursOfPredictions(pool, now);
  const logger = pino({ level: 'silent' });
  const end = watchHours({ hours, projects: [{ name: 'p' }], logger });
  await expect.poll(() => queries).toBe(168);
  await end();

  const told: string[] = [];
  const failing = { countAhead: () => Promise.reject(new Error('away')) };
  const log = pino({}, { write: (line: string) => void told.push(line) });
  await watchHours({ hours: failing, projects: [{ name: 'p' }], logger: log })();
  expect(told.join()).toContain('not counted');

  queries = 0;
  await watchHours({ hours: createHoursOfPredictions(pool, now), projects: [{ name: 'p' }], logger })();
  expect(queries).toBeLessThanOrEqual(1);
});
