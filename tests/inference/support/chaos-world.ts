import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { pino } from 'pino';
import { createArtifactStore } from '../../../adapters/artifacts/artifact-store.js';
import { createPool } from '../../../adapters/postgres/pool.js';
import { runMigrations } from '../../../adapters/postgres/run-migrations.js';
import { createSlotStore } from '../../../adapters/postgres/slot-store.js';
import { createS3ObjectStore } from '../../../adapters/s3/object-store.js';
import { type Infrastructure, startInfrastructure } from '../../../stack/infrastructure.js';
import { freePorts } from '../../../stack/ports.js';
import { until } from './inference-world.js';
import { trainHomeModel } from './train-home-model.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Real parts of a test file's own, to be killed. */
export interface ChaosWorld {
  readonly infrastructure: Infrastructure;
  readonly address: string;
  publish(version: string, randomState: number): Promise<void>;
  assign(version: string): Promise<void>;
  /** Starts the service as a process of its own, in the same home and on the same port each time. */
  start(env?: Record<string, string>): Promise<ChildProcess>;
  /** Starts the router with nginx in front of the service, on the same port each time. */
  startRouter(): Promise<ChildProcess>;
  readonly routerAddress: string;
  /** kill -9 of nginx, its workers too. */
  killNginx(): void;
  /** kill -9 of a part; the stack starts it again. */
  kill(part: 'postgres' | 's3'): void;
  query<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

export async function createChaosWorld(): Promise<ChaosWorld> {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-chaos-'));
  const infrastructure = await startInfrastructure({ home, parts: ['postgres', 's3'], ports: 'free' });
  const logger = pino({ level: 'silent' });
  await runMigrations(infrastructure.databaseUrl, logger);
  const pool = createPool({ connectionString: infrastructure.databaseUrl, max: 2, applicationName: 'test', logger });
  const { env, s3 } = infrastructure;
  process.env.AWS_ACCESS_KEY_ID = s3.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = s3.secretAccessKey;
  const objects = createS3ObjectStore({ endpoint: s3.endpoint, region: s3.region, bucket: s3.bucket });
  await objects.ensureBucket();
  const artifacts = createArtifactStore(objects);
  const slots = createSlotStore(pool);
  const [port, routerPort, exporterPort] = await freePorts(3);
  const address = `127.0.0.1:${port}`;
  const routerAddress = `127.0.0.1:${routerPort}`;
  const children: ChildProcess[] = [];
  const start = async (entry: string, healthUrl: string, own: Record<string, string>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, entry)], {
      cwd: root,
      env: { ...process.env, ...env, INCUMBENT_HOME: home, LOG_LEVEL: 'error', ...own },
      stdio: ['ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'ignore', 'inherit'],
    });
    children.push(child);
    await until(async () => (await fetch(healthUrl).catch(() => null))?.status === 200, 30_000);
    return child;
  };

  const killNginx = () => {
    const pid = Number(readFileSync(join(home, 'router/home-prices/nginx.pid'), 'utf8'));
    try {
      process.kill(-pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has just ended by itself
    }
  };

  return {
    infrastructure,
    address,
    async publish(version, randomState) {
      const { document, files } = trainHomeModel(version, { randomState });
      const createdAt = document.lineage.trainedAt;
      await artifacts.write(`price_check_${version}/`, { project: 'home-prices', version, createdAt, files });
    },
    async assign(version) {
      const { version: now } = await slots.get('home-prices', 'production');
      await slots.assign('home-prices', 'production', version, now, {
        reason: 'test',
        actor: 'test',
        workflowId: null,
      });
    },
    start: (extra = {}) =>
      start('inference/server.ts', `http://${address}/api/predict/health`, { PORT: String(port), ...extra }),
    startRouter: () =>
      start('router/server.ts', `http://${routerAddress}/api/predict/health`, {
        ROUTER: 'nginx',
        ROUTER_PORT: String(routerPort),
        ROUTER_METRICS_PORT: String(exporterPort),
        PRODUCTION_UPSTREAMS: address,
      }),
    routerAddress,
    killNginx,
    kill(part) {
      const pid = infrastructure.statuses().find(({ name }) => name === part)?.pids[0];
      if (pid === undefined) throw new Error(`${part} is not running`);
      process.kill(pid, 'SIGKILL');
    },
    async query<T extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
      let rows: T[] | undefined;
      await until(async () => {
        rows = await pool.query<T>(text, values).then(
          (result) => result.rows,
          (error) => {
            if (error instanceof pg.DatabaseError && error.code?.startsWith('42')) throw error;
            return undefined;
          },
        );
        return rows !== undefined;
      }, 30_000);
      return rows!;
    },
    async close() {
      for (const child of children) child.kill('SIGKILL');
      // a killed router leaves its nginx behind
      if (existsSync(join(home, 'router/home-prices/nginx.pid'))) killNginx();
      await pool.end();
      objects.close();
      await infrastructure.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
