import { pino } from 'pino';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type ChangeChannel, listenToChanges } from '../../../adapters/postgres/change-listener.js';
import { createRoutingStore } from '../../../adapters/postgres/routing-store.js';
import { createSlotStore } from '../../../adapters/postgres/slot-store.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const logger = pino({ level: 'silent' });
const cause = { reason: 'test', actor: 'test', workflowId: null };

/** Counts what is told from now on: to begin to listen is told, too, since something may have been missed. */
async function counted(channel: ChangeChannel, project: string): Promise<{ told: number }> {
  const count = { told: 0 };
  const subscription = listenToChanges(database.url, channel, project, () => count.told++, logger);
  onTestFinished(() => subscription.stop());
  await expect.poll(() => count.told).toBe(1);
  return count;
}

test('who listens is told of the changes of a project as they are made, each on its own channel', async () => {
  const [slots, routing, other] = await Promise.all([
    counted('slots', 'a'),
    counted('routing', 'a'),
    counted('routing', 'b'),
  ]);
  await createRoutingStore(database.pool).set('a', {
    experimentId: null,
    candidateWeightPercent: 20,
    shadowPercent: 0,
  });
  await expect.poll(() => routing.told, { interval: 5, timeout: 900 }).toBe(2);
  await createSlotStore(database.pool).assign('a', 'production', 'BO1', null, cause);
  await expect.poll(() => slots.told, { interval: 5, timeout: 900 }).toBe(2);
  expect([slots.told, routing.told, other.told]).toEqual([2, 2, 1]);
});

test('a connection that was cut is made again, and what was missed meanwhile is looked for', async () => {
  const routing = await counted('routing', 'c');
  await database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'incumbent routing' and datname = current_database()",
  );
  await expect.poll(() => routing.told, { timeout: 5_000 }).toBe(2);
  await createRoutingStore(database.pool).set('c', { experimentId: null, candidateWeightPercent: 5, shadowPercent: 0 });
  await expect.poll(() => routing.told, { timeout: 900 }).toBe(3);
});
