import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
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
import { childProcesses, processorSeconds } from './metrics-overhead/processor-time.js';
import { type BenchProcess, startProcess } from './serving/process.js';
import { measure } from './serving/wrk.js';

const ROUNDS = 8;
const SECONDS = 5;
const CONNECTIONS = 64;
/** Ten times as often as Prometheus asks in the local stack. */
const SCRAPE_EVERY_MS = 1_000;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Scrapes until it is told to end; resolves with how long each scrape took, milliseconds. */
function scrape(port: number): () => Promise<number[]> {
  let ended = false;
  const times: number[] = [];
  const done = (async () => {
    while (!ended) {
      const begun = performance.now();
      await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      times.push(performance.now() - begun);
      await sleep(SCRAPE_EVERY_MS);
    }
    return times;
  })();
  return () => {
    ended = true;
    return done;
  };
}

/** The same service with its metrics, scraped all the time, and without any; in turn, because a machine is never as quick as before. */
export async function run() {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-bench-metrics-'));
  const infrastructure = await startInfrastructure({ home, parts: ['postgres', 's3'], ports: 'free', durable: true });
  const logger = pino({ level: 'silent' });
  const { databaseUrl, s3, env } = infrastructure;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: s3.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.secretAccessKey });
  const pool = createPool({ connectionString: databaseUrl, max: 2, applicationName: 'bench', logger });
  const running: BenchProcess[] = [];
  try {
    await runMigrations(databaseUrl, logger);
    const objects = createS3ObjectStore({ endpoint: s3.endpoint, region: s3.region, bucket: s3.bucket });
    await objects.ensureBucket();
    const { document, files } = trainHomeModel('BO1', { rows: 13_000, trees: 100, maxDepth: 14 });
    await createArtifactStore(objects).write(`${homePrices.prefix}_BO1/`, {
      project: homePrices.name,
      version: 'BO1',
      createdAt: document.lineage.trainedAt,
      files,
    });
    const cause = { reason: 'bench', actor: 'bench', workflowId: null };
    await createSlotStore(pool).assign(homePrices.name, 'production', 'BO1', null, cause);

    const [withPort, withoutPort] = (await freePorts(2)) as [number, number];
    const start = async (port: number, entry: string) => {
      const file = fileURLToPath(new URL(entry, import.meta.url));
      const before = childProcesses();
      const service = await startProcess(port, process.execPath, ['--import', 'tsx', file], {
        ...env,
        INCUMBENT_HOME: join(home, String(port)),
        LOG_LEVEL: 'error',
        PORT: String(port),
      });
      running.push(service);
      const pid = [...childProcesses()].find((child) => !before.has(child))!;
      await measure({ port }, 16, 3); // warm
      return { port, pid };
    };
    const sides = {
      on: await start(withPort, '../inference/server.ts'),
      off: await start(withoutPort, './metrics-overhead/without-metrics.ts'),
    };

    const rates: { on: number[]; off: number[] } = { on: [], off: [] };
    const costs: { on: number[]; off: number[] } = { on: [], off: [] };
    const scrapes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of round % 2 ? (['off', 'on'] as const) : (['on', 'off'] as const)) {
        const end = side === 'on' ? scrape(withPort) : null;
        const { port, pid } = sides[side];
        const used = processorSeconds(pid);
        const { requestsPerSecond } = await measure({ port }, CONNECTIONS, SECONDS);
        rates[side].push(requestsPerSecond);
        costs[side].push(((processorSeconds(pid) - used) / (requestsPerSecond * SECONDS)) * 1e6);
        if (end) scrapes.push(...(await end()));
      }
    }
    // of one round each: what slows the machine down for a while slows both
    const ratios = rates.on.map((on, i) => on / rates.off[i]!);
    // processor time of a request does not depend on who else uses the machine, as throughput does
    const costRatios = costs.on.map((on, i) => on / costs.off[i]!);
    const percent = (ratio: number) => Math.round((ratio - 1) * 1_000) / 10;
    const result = {
      connections: CONNECTIONS,
      requestsPerSecond: { on: rates.on, off: rates.off },
      microsecondsPerRequest: { on: median(costs.on), off: median(costs.off) },
      lessThroughputPercent: -percent(median(ratios)),
      moreProcessorTimePercent: percent(median(costRatios)),
      scrapeMs: { median: median(scrapes), slowest: Math.max(...scrapes) },
    };
    writeResults('metrics-overhead', result);
    console.table(
      ratios.map((rate, i) => ({ on: rates.on[i], off: rates.off[i], rate, processorTime: costRatios[i] })),
    );
    console.log(`a scrape under full load: median ${result.scrapeMs.median.toFixed(1)} ms`);
    console.log(`processor time of a request: ${result.moreProcessorTimePercent} % more with metrics`);
    console.log(`metrics-overhead ratio=${median(ratios).toFixed(3)}`);
    return result;
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    await pool.end();
    await infrastructure.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
