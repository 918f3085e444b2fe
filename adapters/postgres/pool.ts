import pg from 'pg';
import type { Logger } from 'pino';

/** bigint columns come back as numbers: ids stay far below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export interface PoolOptions {
  readonly connectionString: string;
  readonly max?: number;
  readonly applicationName: string;
  readonly logger: Logger;
  /**
   * Commits wait for the disk, also where the server's default is not to: what was acknowledged survives a crash of
   * Postgres. A stricter default (remote_apply, …) stays. Default false: as the server is set up.
   */
  readonly durable?: boolean;
}

const WAIT_FOR_DISK = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') in ('off', 'local')`;

/** A pool that survives a restart of Postgres: a lost connection is logged instead of ending the process. */
export function createPool({ connectionString, max = 10, applicationName, logger, durable }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 60_000,
    ...(durable ? { onConnect: async (client: pg.ClientBase) => void (await client.query(WAIT_FOR_DISK)) } : {}),
  });
  pool.on('error', (error) => logger.warn({ err: error }, 'idle postgres connection lost'));
  // a connection that is lost while it is checked out has no listener of the pool's: without one the process would end
  pool.on('connect', (client) =>
    client.on('error', (error) => logger.debug({ err: error }, 'postgres connection lost')),
  );
  return pool;
}
