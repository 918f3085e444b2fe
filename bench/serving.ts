import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createArtifactStore } from '../adapters/artifacts/artifact-store.js';
import { createPool } from '../adapters/postgres/pool.js';
import { runMigrations } from '../adapters/postgres/run-migrations.js';
import { createSlotStore } from '../adapters/postgres/slot-store.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { encodeRows } from '../core/features/encode-rows.js';
import { parseEncoderPlan } from '../core/features/encoder-plan.js';
import { homePrices } from '../projects/home-prices/project.js';
import { startInfrastructure } from '../stack/infrastructure.js';
import { freePorts } from '../stack/ports.js';
import { type TrainedHomeModel, trainHomeModel } from '../tests/inference/support/train-home-model.js';
import { writeResults } from './forest/write-results.js';
import { peerPython } from './peers/python.js';
import { steadyLoad } from './router/load.js';
import { type BenchProcess, startProcess } from './serving/process.js';
import { measure, type Throughput } from './serving/wrk.js';

const CONNECTIONS = [16, 64, 256];
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const BATCH_ROWS = 1_000_000;
const MODEL = { rows: 13_000, trees: 100, maxDepth: 14 };
const peers = fileURLToPath(new URL('./peers/', import.meta.url));

/** What the Python peers are trained on and look locations up in. */
function writePeerData(folder: string, { document }: TrainedHomeModel): void {
  const { rows } = homePrices.dataset.clean(homePrices.dataset.generate({ randomState: 7, rows: MODEL.rows }));
  const plan = parseEncoderPlan(document.encoder);
  const X = encodeRows(plan, rows);
  const lines = (rows as unknown as { price: number }[]).map(({ price }, r) =>
    [...Array.from({ length: X.columns }, (_, c) => X.data[c * X.rows + r]!), price].join(','),
  );
  writeFileSync(join(folder, 'X.csv'), lines.join('\n'));
  const column = plan.columns.find((one) => one.kind === 'target')!;
  const locations = {
    other: column.other,
    ...Object.fromEntries(column.categories.map((name, i) => [name, column.values[i]])),
  };
  writeFileSync(join(folder, 'locations.json'), JSON.stringify(locations));
}

function p99(latencies: number[]): number {
  const sorted = latencies.sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN) * 100) / 100;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A million rows as CSV, there and back. */
async function measureBatch(port: number) {
  const line = (i: number) =>
    `${600 + (i % 3000)},Whitefield,${1 + (i % 4)},${1 + (i % 3)},1,Plot Area,Ready To Move\n`;
  let body = 'total_sqft,location,bhk,bath,balcony,area_type,availability\n';
  for (let i = 0; i < BATCH_ROWS; i++) body += line(i);
  const started = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/api/predict/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body,
  });
  const bytes = (await answer.arrayBuffer()).byteLength;
  const seconds = (performance.now() - started) / 1000;
  return {
    rows: Number(answer.headers.get('x-rows')),
    bytes,
    seconds,
    rowsPerSecond: Math.round(BATCH_ROWS / seconds),
  };
}

/** The prediction service with its durable log beside its peers, in one run on one machine. */
export async function run() {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-bench-serving-'));
  const infrastructure = await startInfrastructure({ home, parts: ['postgres', 's3'], ports: 'free', durable: true });
  const logger = pino({ level: 'silent' });
  const running: BenchProcess[] = [];
  const { databaseUrl, s3, env } = infrastructure;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: s3.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.secretAccessKey });
  const pool = createPool({ connectionString: databaseUrl, max: 2, applicationName: 'bench', logger });
  try {
    await runMigrations(databaseUrl, logger);
    const objects = createS3ObjectStore({ endpoint: s3.endpoint, region: s3.region, bucket: s3.bucket });
    await objects.ensureBucket();
    const artifacts = createArtifactStore(objects);
    const slots = createSlotStore(pool);
    let current: string | null = null;
    const serve = async (version: string) => {
      const cause = { reason: 'bench', actor: 'bench', workflowId: null };
      await slots.assign(homePrices.name, 'production', version, current, cause);
      current = version;
    };
    const models = ['BO1', 'BO2'].map((version, i) => trainHomeModel(version, { ...MODEL, randomState: i }));
    for (const { document, files } of models) {
      const facts = {
        project: homePrices.name,
        version: document.version,
        createdAt: document.lineage.trainedAt,
        files,
      };
      await artifacts.write(`${homePrices.prefix}_${document.version}/`, facts);
    }
    writePeerData(home, models[0]!);
    await serve('BO1');

    const python = peerPython(new URL('./peers/serving-requirements.txt', import.meta.url));
    execFileSync(python, [join(peers, 'serving_model.py'), home], { stdio: 'inherit' });
    const [own, echo, flask, fastapi] = (await freePorts(4)) as [number, number, number, number];
    const bin = dirname(python);
    const server = fileURLToPath(new URL('../inference/server.ts', import.meta.url));
    const serviceEnv = { ...env, INCUMBENT_HOME: home, LOG_LEVEL: 'error' };
    const start: Record<string, () => Promise<BenchProcess>> = {
      echo: () =>
        startProcess(echo, process.execPath, ['--import', 'tsx', join(peers, 'serving-echo.ts')], {
          PORT: String(echo),
        }),
      incumbent: () =>
        startProcess(own, process.execPath, ['--import', 'tsx', server], { ...serviceEnv, PORT: String(own) }),
      fastapi: () =>
        startProcess(
          fastapi,
          join(bin, 'uvicorn'),
          [
            '--app-dir',
            peers,
            'serving_fastapi:app',
            '--port',
            String(fastapi),
            '--workers',
            '2',
            '--log-level',
            'error',
          ],
          { MODEL_FOLDER: home },
        ),
      flask: () =>
        startProcess(
          flask,
          join(bin, 'gunicorn'),
          ['--chdir', peers, 'serving_flask:app', '-w', '2', '-b', `127.0.0.1:${flask}`, '--log-level', 'error'],
          { MODEL_FOLDER: home },
        ),
    };
    const rows: (Throughput & { name: string; connections: number; rssMb: number })[] = [];
    for (const [name, begin] of Object.entries(start)) {
      const service = await begin();
      running.push(service);
      await measure(service.port, 16, 2); // warm
      for (const connections of CONNECTIONS) {
        rows.push({ name, connections, ...(await measure(service.port, connections, SECONDS)), rssMb: service.rss() });
      }
      if (name !== 'incumbent') await service.stop();
    }
    const rate = (name: string, connections: number) =>
      rows.find((row) => row.name === name && row.connections === connections)!.requestsPerSecond;
    const ratios = CONNECTIONS.map((connections) => ({
      connections,
      ofEcho: Math.round((rate('incumbent', connections) / rate('echo', connections)) * 100) / 100,
      timesFlask: Math.round(rate('incumbent', connections) / rate('flask', connections)),
      timesFastApi: Math.round(rate('incumbent', connections) / rate('fastapi', connections)),
    }));

    const halfRate = Math.min(2_000, Math.round(rate('incumbent', 64) / 2));
    const endHalf = steadyLoad(own, halfRate);
    await sleep(SECONDS * 1000);
    const half = await endHalf();
    const endSwap = steadyLoad(own, 500);
    await sleep(4_000);
    await serve('BO2');
    await sleep(4_000);
    const swap = await endSwap();
    const phase = (from: number, to: number) =>
      p99(swap.filter(({ at }) => at >= from && at < to).map((one) => one.latencyMs));
    const batch = await measureBatch(own);
    const recorded = await pool.query<{ n: number }>('select count(*) as n from predictions');
    const result = {
      throughput: rows,
      ratios,
      halfLoad: {
        requestsPerSecond: halfRate,
        p99Ms: p99(half.map((one) => one.latencyMs)),
        failed: half.filter(({ ok }) => !ok).length,
      },
      swap: {
        requestsPerSecond: 500,
        failed: swap.filter(({ ok }) => !ok).length,
        p99BeforeMs: phase(1_000, 4_000),
        p99DuringMs: phase(4_000, 6_000),
      },
      batch,
      recordedPredictions: recorded.rows[0]!.n,
      rssMbAtTheEnd: running.find(({ port }) => port === own)!.rss(),
    };
    writeResults('serving', result);
    console.table(rows);
    console.table(ratios);
    console.table([result.halfLoad, result.swap, result.batch]);
    const timesFlask = ratios.find(({ connections }) => connections === 64)!.timesFlask;
    console.log(`serving ratio=${timesFlask}`);
    return result;
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    await pool.end();
    await infrastructure.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
