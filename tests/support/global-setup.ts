import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { runMigrations } from '../../adapters/postgres/run-migrations.js';
import { startInfrastructure } from '../../stack/infrastructure.js';

/** Addresses of the real services that all suites of one run share; each test file gets a database of its own. */
export interface Services {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly s3: { endpoint: string; accessKeyId: string; secretAccessKey: string; region: string; bucket: string };
}

declare module 'vitest' {
  interface ProvidedContext {
    services: Services;
  }
}

/** Postgres, Temporal and an S3 server as real processes on free ports, for as long as the run lasts. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-tests-'));
  const infrastructure = await startInfrastructure({ home, ports: 'free' });
  await runMigrations(infrastructure.databaseUrl, pino({ level: 'warn' }));
  const { databaseUrl, temporalAddress, s3 } = infrastructure;
  project.provide('services', { databaseUrl, temporalAddress, s3 });
  return async () => {
    await infrastructure.stop();
    rmSync(home, { recursive: true, force: true });
  };
}
