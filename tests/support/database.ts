import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { createPool } from '../../adapters/postgres/pool.js';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

/** A migrated database of this test file's own, copied from the one that the global set-up migrated. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { databaseUrl } = inject('services');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = new URL(databaseUrl).pathname.slice(1);
  const administrator = new URL(databaseUrl);
  administrator.pathname = '/postgres';
  const execute = async (statement: string) => {
    const client = new pg.Client({ connectionString: administrator.href });
    await client.connect();
    try {
      // one copy at a time: Postgres refuses to copy a database that another copy is reading
      await client.query("select pg_advisory_lock(hashtext('test databases'))");
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await execute(`create database ${name} template ${template}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const pool = createPool({
    connectionString: url.href,
    max: 5,
    applicationName: 'test',
    logger: pino({ level: 'silent' }),
  });
  return {
    url: url.href,
    pool,
    async drop() {
      await pool.end();
      await execute(`drop database ${name} with (force)`);
    },
  };
}
