import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { ShardsDocument } from '../activities/training/shards.js';
import { createTrainingSetStore } from '../adapters/forest/training-set-store.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { binMatrix } from '../core/forest/bin-matrix.js';
import { decodeForest } from '../core/forest/decode-forest.js';
import { encodeForest } from '../core/forest/encode-forest.js';
import { fitForest } from '../core/forest/fit-forest.js';
import { mergeTrees } from '../core/forest/merge-trees.js';
import { ORCHESTRATION_QUEUE } from '../core/loop/task-queues.js';
import { planShards } from '../core/training/plan-shards.js';
import { startInfrastructure } from '../stack/infrastructure.js';
import { friedman } from './forest/synthetic.js';
import { writeResults } from './forest/write-results.js';
import type { ShardWorkerSettings } from './train-shards/worker.js';

const ROWS = Number(process.env.BENCH_ROWS ?? 500_000);
const COLUMNS = 20;
const TREES = 64;
const ROUNDS = 3;
const FOLDER = 'bench/work/';
const options = { task: 'regression', trees: TREES, maxDepth: 10, randomState: 1 } as const;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function startWorkers(count: number, settings: ShardWorkerSettings): Promise<ChildProcess[]> {
  const script = here('./train-shards/worker.ts');
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(settings)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  await Promise.all(children.map((child) => once(child.stdout!, 'data')));
  return children;
}

/** Grows the same forest by one worker process and by two, each with one thread, through Temporal and S3. */
export async function run(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const home = mkdtempSync(join(tmpdir(), 'incumbent-bench-'));
  const infrastructure = await startInfrastructure({ home, ports: 'free' });
  const { s3, temporalAddress } = infrastructure;
  process.env.AWS_ACCESS_KEY_ID = s3.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = s3.secretAccessKey;
  const objects = createS3ObjectStore({ endpoint: s3.endpoint, region: s3.region, bucket: s3.bucket });
  await objects.ensureBucket();

  const { X, y, name } = friedman(ROWS, COLUMNS, 1);
  const started = performance.now();
  const set = await createTrainingSetStore(objects).put(FOLDER, { binned: binMatrix(X, 256), y, sampleWeight: null });
  const preparedMs = performance.now() - started;
  const document: ShardsDocument = { set, options, folder: FOLDER };
  await objects.put(`${FOLDER}shards.json`, Buffer.from(JSON.stringify(document)));
  const ranges = planShards({ algorithm: 'forest', rows: ROWS, trees: TREES, minRowTrees: (ROWS * TREES) / 2 });
  const prepared = { key: `${FOLDER}shards.json`, ranges };
  const settings = { ...s3, temporalAddress, prepared };

  const native = await NativeConnection.connect({ address: temporalAddress });
  const orchestrator = await Worker.create({
    connection: native,
    taskQueue: ORCHESTRATION_QUEUE,
    workflowsPath: here('./train-shards/workflows.ts'),
  });
  const orchestrating = orchestrator.run();
  const client = new Client({ connection: await Connection.connect({ address: temporalAddress }) });
  const grow = async (id: string) => {
    const begun = performance.now();
    const keys = (await client.workflow.execute('growForest', {
      workflowId: id,
      taskQueue: ORCHESTRATION_QUEUE,
    })) as string[];
    const parts = [];
    for (const key of keys) parts.push(decodeForest(await objects.get(key)));
    return { forest: mergeTrees(parts), seconds: (performance.now() - begun) / 1_000 };
  };

  const results: { workers: number; firstSeconds: number; seconds: number }[] = [];
  let grown: Uint8Array | null = null;
  for (const workers of [1, 2]) {
    const children = await startWorkers(workers, settings);
    // the first time each worker reads the set and compiles its code
    const first = await grow(`first-${workers}`);
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) seconds.push((await grow(`${workers}-${round}`)).seconds);
    grown = encodeForest(first.forest);
    for (const child of children) child.kill('SIGTERM');
    results.push({ workers, firstSeconds: round(first.seconds), seconds: round(Math.min(...seconds)) });
  }
  const isEqual = grown !== null && Buffer.compare(grown, encodeForest(fitForest(X, y, options))) === 0;

  orchestrator.shutdown();
  await orchestrating;
  await native.close();
  await client.connection.close();
  objects.close();
  await infrastructure.stop();
  rmSync(home, { recursive: true, force: true });

  const ratio = round(results[0]!.seconds / results[1]!.seconds);
  console.log(`${name}, ${TREES} trees of depth ${options.maxDepth} in ${ranges.length} parts, one thread a worker`);
  console.table(results);
  console.log(`byte for byte the forest of one process: ${isEqual}; two workers are ${ratio} times as fast as one`);
  writeResults('train-shards', { data: name, trees: TREES, parts: ranges.length, preparedMs, results, isEqual, ratio });
}

const round = (value: number) => Number(value.toFixed(2));
