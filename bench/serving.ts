import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createArtifactStore } from '../adapters/artifacts/artifact-store.js';
import { createPool } from '../adapters/postgres/pool.js';
import { runMigrations } from '../adapters/postgres/run-migrations.js';
import { createSlotStore } from '../adapters/postgres/slot-store.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { homePrices } from '../projects/home-prices/project.js';
import { startInfrastructure } from '../stack/infrastructure.js';
import { freePorts } from '../stack/ports.js';
import { trainHomeModel } from '../tests/inference/support/train-home-model.js';
import { writeResults } from './forest/write-results.js';
import { steadyLoad, type Timed } from './router/load.js';
import { measureBatch } from './serving/batch.js';
import { compileServices } from './serving/compiled.js';
import { measureDisk } from './serving/disk.js';
import { preparePeers } from './serving/peers.js';
import { type BenchProcess, startProcess } from './serving/process.js';
import { measure, type Throughput } from './serving/wrk.js';

const CONNECTIONS = [16, 64, 256];
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
/** The one that is served, and those that take its place one after the other. */
const VERSIONS = ['BO1', 'BO2', 'BO3', 'BO4', 'BO5', 'BO6'];
const MODEL = { rows: 13_000, trees: 100, maxDepth: 14 };

const round = (value: number) => Math.round(value * 100) / 100;

function p99(timed: readonly Timed[]): number {
  const sorted = timed.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN);
}

const failed = (timed: readonly Timed[]) => timed.filter(({ ok }) => !ok).length;

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** New models under a steady load: the median of their swaps, since a single one is seen by a thousand requests only. */
async function measureSwaps(port: number, swaps: readonly (() => Promise<void>)[]) {
  const all: Awaited<ReturnType<typeof measureSwap>>[] = [];
  for (const swap of swaps) all.push(await measureSwap(port, swap));
  return {
    requestsPerSecond: all[0]!.requestsPerSecond,
    failed: all.reduce((sum, one) => sum + one.failed, 0),
    p99BeforeMs: median(all.map(({ p99BeforeMs }) => p99BeforeMs)),
    p99DuringMs: median(all.map(({ p99DuringMs }) => p99DuringMs)),
    p99Ratios: all.map(({ p99BeforeMs, p99DuringMs }) => round(p99DuringMs / p99BeforeMs)),
  };
}

/** A steady load with a new model after four seconds: does anybody notice? */
async function measureSwap(port: number, swap: () => Promise<void>) {
  const end = steadyLoad(port, 500);
  await sleep(4_000);
  await swap();
  await sleep(4_000);
  const all = await end();
  const between = (from: number, to: number) => p99(all.filter(({ at }) => at >= from && at < to));
  return {
    requestsPerSecond: 500,
    failed: failed(all),
    p99BeforeMs: between(1_000, 4_000),
    p99DuringMs: between(4_000, 6_000),
  };
}

/** The prediction service with its durable log, compiled as it is deployed, beside its peers, in one run on one machine. */
export async function run() {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-bench-serving-'));
  const built = compileServices();
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
    const models = VERSIONS.map((version, i) => trainHomeModel(version, { ...MODEL, randomState: i }));
    for (const { document, files } of models) {
      const { version, lineage } = document;
      const facts = { project: homePrices.name, version, createdAt: lineage.trainedAt, files };
      await artifacts.write(`${homePrices.prefix}_${version}/`, facts);
    }
    await serve('BO1');
    const disk = measureDisk(home);

    const [own, front, exporter] = (await freePorts(3)) as [number, number, number];
    const peerPorts = (await freePorts(6)) as [number, number, number, number, number, number];
    const peers = preparePeers(home, MODEL.rows, models[0]!, peerPorts);
    const common = { ...env, INCUMBENT_HOME: home, LOG_LEVEL: 'error', MALLOC_ARENA_MAX: '1' };
    const starts: Record<string, () => Promise<BenchProcess>> = {
      echo: peers.echo,
      incumbent: () =>
        startProcess(own, process.execPath, [join(built, 'inference/server.js')], { ...common, PORT: String(own) }),
      'incumbent behind nginx': () =>
        startProcess(front, process.execPath, [join(built, 'router/server.js')], {
          ...common,
          ROUTER: 'nginx',
          ROUTER_PORT: String(front),
          ROUTER_METRICS_PORT: String(exporter),
          PRODUCTION_UPSTREAMS: `127.0.0.1:${own}`,
        }),
      fastapi: peers.fastapi,
      mlserver: peers.mlserver,
      flask: peers.flask,
    };
    const rows: (Throughput & { name: string; connections: number; rssMb: number })[] = [];
    for (const [name, start] of Object.entries(starts)) {
      const service = await start();
      running.push(service);
      await measure(service, 64, 3); // warm
      for (const connections of CONNECTIONS) {
        rows.push({ name, connections, ...(await measure(service, connections, SECONDS)), rssMb: service.rss() });
      }
      if (name !== 'incumbent') await service.stop();
    }
    const rate = (name: string, connections: number) =>
      rows.find((row) => row.name === name && row.connections === connections)!.requestsPerSecond;
    const ratios = CONNECTIONS.map((connections) => {
      const times = (name: string) => round(rate('incumbent', connections) / rate(name, connections));
      const nginxOfDirect = round(rate('incumbent behind nginx', connections) / rate('incumbent', connections));
      return {
        connections,
        ofEcho: times('echo'),
        timesFlask: times('flask'),
        timesFastApi: times('fastapi'),
        timesMlServer: times('mlserver'),
        nginxOfDirect,
      };
    });

    const requestsPerSecond = Math.min(2_000, Math.round(rate('incumbent', 64) / 2));
    const endHalf = steadyLoad(own, requestsPerSecond);
    await sleep(SECONDS * 1000);
    const half = await endHalf();
    const swap = await measureSwaps(
      own,
      VERSIONS.slice(1).map((version) => () => serve(version)),
    );
    const batch = await measureBatch(own);
    const recorded = await pool.query<{ n: number }>('select count(*) as n from predictions');
    const result = {
      throughput: rows,
      ratios,
      disk,
      halfLoad: { requestsPerSecond, p99Ms: p99(half), failed: failed(half) },
      swap,
      batch,
      recordedPredictions: recorded.rows[0]!.n,
      rssMbAtTheEnd: running.find(({ port }) => port === own)!.rss(),
    };
    writeResults('serving', result);
    console.table(rows);
    console.table(ratios);
    console.table([{ fsync: disk }, result.halfLoad, result.swap, result.batch]);
    console.log(`serving ratio=${Math.round(ratios.find(({ connections }) => connections === 64)!.timesFlask)}`);
    return result;
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    await pool.end();
    await infrastructure.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
