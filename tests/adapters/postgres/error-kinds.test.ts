import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isConnectionLost } from '../../../adapters/http/connection-lost.js';
import { isAway, isDuplicate, isMomentary } from '../../../adapters/postgres/database-error.js';
import { createTestDatabase } from '../../support/database.js';

// What a real Postgres answers, told apart: away, momentary, or the fault of the data.

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query('create table numbers (n integer primary key)');
  await database.pool.query('insert into numbers values (1)');
});

afterAll(() => database.drop());

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const kinds = (error: unknown) => ({
  lost: isConnectionLost(error),
  away: isAway(error),
  momentary: isMomentary(error),
  duplicate: isDuplicate(error),
});

test('a server that refuses connections is lost and away', async () => {
  const refused = await errorOf(new pg.Client({ host: '127.0.0.1', port: 1 }).connect());
  expect(kinds(refused)).toEqual({ lost: true, away: true, momentary: false, duplicate: false });
  expect(isConnectionLost(new Error('cannot say', { cause: refused }))).toBe(true);
});

test('a connection that the server ends is lost, and so is what is asked over it later', async () => {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  const ended = await errorOf(client.query('select pg_terminate_backend(pg_backend_pid())'));
  expect(kinds(ended)).toEqual({ lost: true, away: true, momentary: false, duplicate: false });
});

test('a value or a key that is wrong is the fault of the data', async () => {
  const wrongValue = await errorOf(database.pool.query("select 'many'::integer"));
  expect(kinds(wrongValue)).toEqual({ lost: false, away: false, momentary: false, duplicate: false });
  const twice = await errorOf(database.pool.query('insert into numbers values (1)'));
  expect(kinds(twice)).toEqual({ lost: false, away: false, momentary: false, duplicate: true });
});

test('of two transactions that cannot both be true, one may try again', async () => {
  const [first, second] = [await database.pool.connect(), await database.pool.connect()];
  try {
    for (const client of [first, second]) {
      await client.query('begin isolation level serializable');
      await client.query('select sum(n) from numbers');
    }
    await first.query('insert into numbers values (2)');
    await second.query('insert into numbers values (3)');
    await first.query('commit');
    const late = await errorOf(second.query('commit'));
    expect(kinds(late)).toEqual({ lost: false, away: true, momentary: true, duplicate: false });
  } finally {
    first.release();
    second.release(true);
  }
});

test('an error of the program, a loop of causes or no error at all is no lost connection', () => {
  const endless = new Error('of itself');
  endless.cause = endless;
  for (const other of [new TypeError('no such method'), endless, 'text', undefined]) {
    expect(isConnectionLost(other)).toBe(false);
  }
});
