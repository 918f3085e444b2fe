import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Logger } from 'pino';

/** Brings the schema up to date; several processes may call it at once (an advisory lock lets one through at a time). */
export async function runMigrations(databaseUrl: string, logger: Logger): Promise<string[]> {
  const applied = await runner({
    databaseUrl,
    dir: fileURLToPath(new URL('./migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'migrations',
    log: () => {},
    logger: { info: () => {}, warn: (message) => logger.warn(message), error: (message) => logger.error(message) },
  });
  return applied.map((migration) => migration.name);
}
