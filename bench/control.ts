import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createLogger } from '../adapters/logging/create-logger.js';
import { createPool } from '../adapters/postgres/pool.js';
import { runMigrations } from '../adapters/postgres/run-migrations.js';
import { connectClient } from '../adapters/temporal/connect.js';
import { reconcileSchedules } from '../adapters/temporal/reconcile-schedules.js';
import { ORCHESTRATION_QUEUE } from '../core/loop/task-queues.js';
import { homePrices } from '../projects/home-prices/project.js';
import { type Infrastructure, startInfrastructure } from '../stack/infrastructure.js';
import { freePorts } from '../stack/ports.js';
import { agent, ask } from './control/ask.js';
import { openLoop } from './control/open-loop.js';
import { readPaths } from './control/read-paths.js';
import { isSeeded, seed } from './control/seed.js';
import { writeResults } from './forest/write-results.js';

const PROJECT = 'home-prices';
const RATE_PER_SECOND = 200;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 30);
const WARM_UP_SECONDS = 5;
/** 1 is the size that the figure is about. */
const SCALE = Number(process.env.BENCH_SCALE ?? 1);
/** Keeps the seeded platform in this folder for the next run; BENCH_PHASE=seed only makes it. */
const HOME = process.env.BENCH_HOME;

const scale = { models: 100_000 * SCALE, decisions: 1_000_000 * SCALE, predictions: 10_000_000 * SCALE };
const logger = createLogger({ level: 'warn', part: 'bench' });

const quantile = (values: readonly number[], q: number) => {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]! * 100) / 100;
};

async function startControl(env: NodeJS.ProcessEnv): Promise<{ base: string; server: ChildProcess }> {
  const [port] = await freePorts(1);
  const base = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['--import', 'tsx', 'control/server.ts'], {
    env: { ...process.env, ...env, CONTROL_PORT: String(port), LOG_LEVEL: 'error' },
    stdio: 'inherit',
  });
  while (!(await fetch(`${base}/api/health`).catch(() => null))?.ok) {
    if (server.exitCode !== null) throw new Error('the control API does not start');
    await sleep(200);
  }
  return { base, server };
}

/** Waits until the service has done what it does once after its start, such as counting the hours that are over. */
async function settled(pool: Pool): Promise<void> {
  for (let quiet = 0; quiet < 10; ) {
    await sleep(200);
    const { rows } = await pool.query<{ busy: boolean }>(
      "select exists (select from pg_stat_activity where application_name = 'incumbent-control' and state = 'active') as busy",
    );
    quiet = rows[0]!.busy ? 0 : quiet + 1;
  }
}

async function measure(base: string) {
  const paths = readPaths(PROJECT, scale.models);
  const alone = new Map(paths.map((path) => [path, [] as number[]]));
  for (let round = 0; round < 20; round++) {
    for (const path of paths) {
      const asked = performance.now();
      await ask(`${base}/api/${path}`);
      if (round >= 10) alone.get(path)!.push(performance.now() - asked);
    }
  }
  // the service opens the connections that it needs under load
  await openLoop(base, paths, RATE_PER_SECOND, WARM_UP_SECONDS);
  const { times, failures } = await openLoop(base, paths, RATE_PER_SECOND, SECONDS);
  if (failures.length > 0) throw new Error(`${failures.length} requests failed, for example ${failures[0]}`);
  const row = (path: string, values: readonly number[], one: readonly number[]) => ({
    path: path.slice(0, 60),
    // one request at a time: what the answer itself costs
    alone: quantile(one, 0.5),
    requests: values.length,
    p50: quantile(values, 0.5),
    p99: quantile(values, 0.99),
    max: quantile(values, 1),
  });
  const rows = [...times].map(([path, values]) => row(path, values, alone.get(path)!));
  return { all: row('all', [...times.values()].flat(), [...alone.values()].flat()), rows };
}

async function ensureSeeded(pool: Pool): Promise<void> {
  if (await isSeeded(pool)) return;
  console.log(`seeding ${scale.models} models, ${scale.decisions} decisions, ${scale.predictions} predictions`);
  const started = performance.now();
  await seed(pool, PROJECT, homePrices.decision, scale);
  console.log(`seeded in ${Math.round((performance.now() - started) / 1000)} s`);
}

async function measureReads({ env }: Infrastructure, pool: Pool): Promise<void> {
  const client = await connectClient({ ...process.env, ...env });
  await reconcileSchedules(client, { projects: [homePrices], taskQueue: ORCHESTRATION_QUEUE, logger });
  await client.connection.close();
  const { base, server } = await startControl(env);
  try {
    await settled(pool);
    const { all, rows } = await measure(base);
    console.table([...rows, all]);
    writeResults('control', { ratePerSecond: RATE_PER_SECOND, seconds: SECONDS, ...scale, unit: 'ms', all, rows });
  } finally {
    agent.destroy();
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  }
}

/** `npm run bench -- control`: reads of the control API, open loop, on a platform with a long past. */
export async function run(): Promise<void> {
  const home = HOME ?? mkdtempSync(join(tmpdir(), 'incumbent-bench-'));
  const infrastructure = await startInfrastructure({ home, ports: 'free', durable: true });
  const pool = createPool({ connectionString: infrastructure.databaseUrl, applicationName: 'bench', logger });
  try {
    await runMigrations(infrastructure.databaseUrl, logger);
    await ensureSeeded(pool);
    if (process.env.BENCH_PHASE !== 'seed') await measureReads(infrastructure, pool);
  } finally {
    await pool.end();
    await infrastructure.stop();
    if (HOME === undefined) rmSync(home, { recursive: true, force: true });
  }
}
