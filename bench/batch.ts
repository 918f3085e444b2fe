import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createArtifactStore } from '../adapters/artifacts/artifact-store.js';
import { createModelRegistry } from '../adapters/postgres/model-registry.js';
import { createPool } from '../adapters/postgres/pool.js';
import { runMigrations } from '../adapters/postgres/run-migrations.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { connectClient } from '../adapters/temporal/connect.js';
import { createLoopClient } from '../adapters/temporal/loop-client.js';
import { ORCHESTRATION_QUEUE } from '../core/loop/task-queues.js';
import { homePrices } from '../projects/home-prices/project.js';
import { startInfrastructure } from '../stack/infrastructure.js';
import { freePorts } from '../stack/ports.js';
import { trainHomeModel } from '../tests/inference/support/train-home-model.js';
import { writeResults } from './forest/write-results.js';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = 3;
/** The project's usual size, and one where predicting is most of the work. */
const MODELS = [
  { version: 'BO1', trees: 100 },
  { version: 'BO2', trees: 1_000 },
];
const KEY = 'price_check/batch/inputs/bench.csv';
const worker = fileURLToPath(new URL('../worker.ts', import.meta.url));

const round = (value: number) => Number(value.toFixed(2));

function table(): Buffer {
  const places = ['Whitefield', 'Hebbal', 'Sarjapur  Road', 'Yelahanka', 'Kothanur'];
  const lines = ['total_sqft,location,bhk,bath,balcony,area_type,availability'];
  for (let i = 0; i < ROWS; i++) {
    lines.push(`${600 + (i % 3000)},${places[i % 5]},${1 + (i % 4)},${1 + (i % 3)},1,Plot Area,Ready To Move`);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** A worker process; resolves when it polls. */
async function startWorker(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const [port, sdkPort] = await freePorts(2);
  const ports = { WORKER_PORT: String(port), WORKER_SDK_METRICS_PORT: String(sdkPort) };
  const child = spawn(process.execPath, ['--import', 'tsx', worker], {
    env: { ...process.env, ...env, ...ports, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 600; tries++) {
    if ((await fetch(`http://127.0.0.1:${port}/health`).catch(() => null))?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the worker does not start');
}

async function stopAll(workers: readonly ChildProcess[]): Promise<void> {
  for (const child of workers) child.kill('SIGTERM');
  await Promise.all(workers.map((child) => child.exitCode ?? once(child, 'exit')));
}

/**
 * A table of a million rows in S3, predicted by one worker and by two, in one run on one machine. S3, Temporal and Postgres
 * are on the same cores: what they need, a second worker cannot have.
 */
export async function run() {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-bench-batch-'));
  const infrastructure = await startInfrastructure({ home, ports: 'free', durable: true });
  const logger = pino({ level: 'silent' });
  const { databaseUrl, s3, env } = infrastructure;
  Object.assign(process.env, env);
  const pool = createPool({ connectionString: databaseUrl, max: 2, applicationName: 'bench', logger });
  const client = await connectClient();
  try {
    await runMigrations(databaseUrl, logger);
    const objects = createS3ObjectStore({ endpoint: s3.endpoint, region: s3.region, bucket: s3.bucket });
    await objects.ensureBucket();
    const { name: project, prefix } = homePrices;
    for (const { version, trees } of MODELS) {
      const { document, files } = trainHomeModel(version, { rows: 13_000, maxDepth: 14, trees });
      const createdAt = document.lineage.trainedAt;
      await createArtifactStore(objects).write(`${prefix}_${version}/`, { project, version, createdAt, files });
      const reservation = { project, prefix, kind: 'BO', parentVersion: null, idempotencyKey: version } as const;
      await createModelRegistry(pool).reserve(reservation);
    }
    await objects.put(KEY, table());

    const loop = createLoopClient(client, ORCHESTRATION_QUEUE);
    const seconds = async (label: string, modelVersion: string): Promise<number> => {
      const input = { project, inputKey: KEY, format: 'csv', modelVersion, actor: 'bench' };
      const times: number[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const started = performance.now();
        const workflowId = `${project}-batch-${label}-${modelVersion}-${round}`;
        await loop.run({ type: 'batchPredict', workflowId, input });
        times.push((performance.now() - started) / 1000);
      }
      // the first round lets the workers load the model and their compilers see the code
      return times.slice(1).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
    };

    const all = async (label: string): Promise<number[]> => {
      const times: number[] = [];
      for (const { version } of MODELS) times.push(await seconds(label, version));
      return times;
    };
    const workers = [await startWorker(env)];
    const one = await all('one');
    workers.push(await startWorker(env));
    const two = await all('two');
    await stopAll(workers);
    objects.close();

    const rows = MODELS.map(({ trees }, i) => ({
      trees,
      oneSeconds: round(one[i]!),
      twoSeconds: round(two[i]!),
      rowsPerSecondOfTwo: Math.round(ROWS / two[i]!),
      ratio: round(one[i]! / two[i]!),
    }));
    console.table(rows);
    writeResults('batch', { rows: ROWS, models: rows });
    console.log(`batch ratio=${rows[0]!.ratio}`);
  } finally {
    await client.connection.close();
    await pool.end();
    await infrastructure.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
