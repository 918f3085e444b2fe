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
}

/** A pool that survives a restart of Postgres: an idle connection's error is logged instead of ending the process. */
export function createPool({ connectionString, max = 10, applicationName, logger }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 60_000,
  });
  pool.on('error', (error) => logger.warn({ err: error }, 'idle postgres connection lost'));
  return pool;
}
