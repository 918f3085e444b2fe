import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createPool } from '../adapters/postgres/pool.js';
import { runMigrations } from '../adapters/postgres/run-migrations.js';
import { connectClient } from '../adapters/temporal/connect.js';
import { reconcileSchedules } from '../adapters/temporal/reconcile-schedules.js';
import { ORCHESTRATION_QUEUE } from '../core/loop/task-queues.js';
import { homePrices } from '../projects/home-prices/project.js';
import { startInfrastructure } from '../stack/infrastructure.js';
import { freePorts } from '../stack/ports.js';
import { seed } from './control/seed.js';

const PROJECT = 'home-prices';
const RATE_PER_SECOND = 200;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 30);
/** 1 is the size that the figure is about. */
const SCALE = Number(process.env.BENCH_SCALE ?? 1);

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function ask(url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

const quantile = (sorted: number[], q: number) =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]! * 100) / 100;

/** A page far from the start, as somebody would reach it who turned pages for long. */
const farCursor = (time: Date, key: string) =>
  Buffer.from(JSON.stringify([`${time.toISOString().replace('T', ' ').replace('Z', '')}+00`, key])).toString(
    'base64url',
  );

function readPaths(models: number): string[] {
  const of = `project=${PROJECT}`;
  const far = farCursor(new Date(Date.now() - (models / 2) * 60_000), `CO${Math.floor(models / 2)}`);
  return [
    `overview?${of}`,
    `models?${of}`,
    `models?${of}&cursor=${far}`,
    `models?${of}&state=rejected&limit=100`,
    `models/CO${models - 2}?${of}`,
    `models/CO${models - 2}/lineage?${of}`,
    `experiments?${of}`,
    'experiments/42',
    'experiments/42/decisions',
    `production?${of}&at=${new Date(Date.now() - 3_600_000).toISOString()}`,
    `deployments?${of}`,
    `deploy/status?${of}`,
    `monitoring/metrics?${of}`,
    `monitoring/drift?${of}`,
    `audit?${of}`,
    `datasets?${of}`,
    `training/runs?${of}`,
    `predictions?${of}`,
    `feedback?${of}`,
    `audit?${of}&action=deploy`,
    `schedules?${of}`,
  ];
}

/** Asks at an even rate whether or not the answers keep up: a slow answer does not make the next question come later. */
async function load(base: string, paths: readonly string[]) {
  const times = new Map<string, number[]>();
  const failures: string[] = [];
  const pending: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; i < RATE_PER_SECOND * SECONDS; i++) {
    const due = started + (i * 1000) / RATE_PER_SECOND;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const path = paths[i % paths.length]!;
    pending.push(
      ask(`${base}/api/${path}`).then(({ status, body }) => {
        times.set(path, [...(times.get(path) ?? []), performance.now() - due]);
        if (status !== 200) failures.push(`${path}: ${status} ${body.slice(0, 200)}`);
      }),
    );
  }
  await Promise.all(pending);
  return { times, failures };
}

/** `npm run bench -- control`: reads of the control API, open loop, on a platform with a long past. */
export async function run(): Promise<void> {
  const scale = { models: 100_000 * SCALE, decisions: 1_000_000 * SCALE, predictions: 10_000_000 * SCALE };
  const home = mkdtempSync(join(tmpdir(), 'incumbent-bench-'));
  const infrastructure = await startInfrastructure({ home });
  const logger = pino({ level: 'warn' });
  const pool = createPool({ connectionString: infrastructure.databaseUrl, applicationName: 'bench', logger });
  let server: ChildProcess | undefined;
  try {
    await runMigrations(infrastructure.databaseUrl, logger);
    console.log(`seeding ${scale.models} models, ${scale.decisions} decisions, ${scale.predictions} predictions`);
    await seed(pool, PROJECT, homePrices.decision, scale);
    const client = await connectClient({ ...process.env, ...infrastructure.env });
    await reconcileSchedules(client, [homePrices], ORCHESTRATION_QUEUE, logger);
    await client.connection.close();
    const [port] = await freePorts(1);
    const base = `http://127.0.0.1:${port}`;
    server = spawn(process.execPath, ['--import', 'tsx', 'control/server.ts'], {
      env: { ...process.env, ...infrastructure.env, CONTROL_PORT: String(port), LOG_LEVEL: 'error' },
      stdio: 'inherit',
    });
    for (;;)
      if (
        await ask(`${base}/api/health`).then(
          () => true,
          () => new Promise((r) => setTimeout(() => r(false), 200)),
        )
      )
        break;
    const paths = readPaths(scale.models);
    const alone = new Map(paths.map((path) => [path, [] as number[]]));
    for (let round = 0; round < 20; round++) {
      for (const path of paths) {
        const asked = performance.now();
        await ask(`${base}/api/${path}`);
        if (round >= 10) alone.get(path)!.push(performance.now() - asked);
      }
    }
    const { times, failures } = await load(base, paths);
    if (failures.length > 0) throw new Error(`${failures.length} requests failed, for example ${failures[0]}`);
    const row = (path: string, values: number[]) => {
      const sorted = [...values].sort((a, b) => a - b);
      return {
        path: path.slice(0, 60),
        // one request at a time: what the answer itself costs
        alone: quantile(
          (alone.get(path) ?? [...alone.values()].flat()).toSorted((a, b) => a - b),
          0.5,
        ),
        requests: sorted.length,
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        max: quantile(sorted, 1),
      };
    };
    const rows = [...times].map(([path, values]) => row(path, values));
    const all = row('all', [...times.values()].flat());
    console.table([...rows, all]);
    mkdirSync(join(import.meta.dirname, 'results'), { recursive: true });
    const result = { ratePerSecond: RATE_PER_SECOND, seconds: SECONDS, ...scale, unit: 'ms', all, rows };
    writeFileSync(join(import.meta.dirname, 'results', 'control.json'), `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    if (server && server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    agent.destroy();
    await pool.end();
    await infrastructure.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
