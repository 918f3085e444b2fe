import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlotStore } from '../../../activities/ports.js';
import { createSlotStore } from '../../../adapters/postgres/slot-store.js';
import { ConflictError } from '../../../core/errors.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
let slots: SlotStore;
beforeAll(async () => {
  database = await createTestDatabase();
  slots = createSlotStore(database.pool);
});
afterAll(() => database.drop());

const cause = { reason: 'test', actor: 'test', workflowId: 'w' };

test('a change raises the generation and opens a deployment; the one before it ends', async () => {
  const first = await slots.assign('a', 'production', 'BO1', null, cause);
  const second = await slots.assign('a', 'production', 'BO2', 'BO1', cause);
  expect(second.generation).toBe(first.generation + 1);
  const { rows } = await database.pool.query(
    "select version, ended_at is null as open from deployments where project = 'a' order by id",
  );
  expect(rows).toEqual([
    { version: 'BO1', open: false },
    { version: 'BO2', open: true },
  ]);
});

test('assigning what is there already changes nothing: a repeated activity is harmless', async () => {
  const first = await slots.assign('b', 'production', 'BO1', null, cause);
  const again = await slots.assign('b', 'production', 'BO1', null, cause);
  expect(again).toEqual(first);
  const { rowCount } = await database.pool.query("select from deployments where project = 'b'");
  expect(rowCount).toBe(1);
});

test('of two promotions at once one wins and the other is told', async () => {
  await slots.assign('c', 'production', 'BO1', null, cause);
  const outcomes = await Promise.allSettled([
    slots.assign('c', 'production', 'BO2', 'BO1', cause),
    slots.assign('c', 'production', 'BO3', 'BO1', cause),
  ]);
  const refused = outcomes.filter((o) => o.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toBeInstanceOf(ConflictError);
  const { rows } = await database.pool.query(
    "select count(*)::int as open from deployments where project = 'c' and slot = 'production' and ended_at is null",
  );
  expect(rows[0].open).toBe(1);
});

test('an emptied slot has no open deployment', async () => {
  await slots.assign('d', 'candidate', 'CO1', null, cause);
  const emptied = await slots.assign('d', 'candidate', null, 'CO1', cause);
  expect(emptied.version).toBeNull();
  const { rowCount } = await database.pool.query("select from deployments where project = 'd' and ended_at is null");
  expect(rowCount).toBe(0);
});

test('services that listen are told about the project', async () => {
  const client = await database.pool.connect();
  const told = new Promise((resolve) => client.on('notification', ({ payload }) => resolve(payload)));
  await client.query('listen slots');
  await slots.assign('e', 'production', 'BO1', null, cause);
  expect(await told).toBe('e');
  client.release(true);
});

test('an instance that fell silent does not count', async () => {
  await database.pool.query(
    `insert into instances (id, project, role, address, generation, seen_at) values
       ('alive', 'f', 'production', '127.0.0.1:1', 1, now()),
       ('silent', 'f', 'production', '127.0.0.1:2', 1, now() - interval '1 minute')`,
  );
  expect((await slots.instances('f', 'production', 10_000)).map((i) => i.id)).toEqual(['alive']);
});
