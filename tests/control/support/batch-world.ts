import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { createModelRegistry } from '../../../adapters/postgres/model-registry.js';
import { createSlotStore } from '../../../adapters/postgres/slot-store.js';
import { createJobReader } from '../../../adapters/temporal/job-reader.js';
import { createLoopClient } from '../../../adapters/temporal/loop-client.js';
import { ORCHESTRATION_QUEUE } from '../../../core/loop/task-queues.js';
import { homePrices } from '../../../projects/home-prices/project.js';
import { freePorts } from '../../../stack/ports.js';
import { createInferenceWorld, until } from '../../inference/support/inference-world.js';
import { createNamespace } from '../../support/loop.js';
import { startTestApi } from '../api.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The control API, a model in production, and workers as processes of their own, to be killed. */
export async function createBatchWorld(namespace: string) {
  const services = inject('services');
  const world = await createInferenceWorld();
  const { pool, url } = world.database;
  const connection = await Connection.connect({ address: services.temporalAddress });
  const client = new Client({ connection, namespace });
  await createNamespace(client, namespace);
  const registry = createModelRegistry(pool);
  const slots = createSlotStore(pool);
  const api = await startTestApi({
    pool,
    objects: world.objects,
    project: () => homePrices,
    projects: [homePrices],
    registry,
    slots,
    loop: createLoopClient(client, ORCHESTRATION_QUEUE),
    jobs: createJobReader(client),
  });
  const workers: ChildProcess[] = [];

  return {
    api,
    client,
    pool,
    objects: world.objects,

    async publish(version: 'BO1'): Promise<void> {
      const reservation = {
        project: homePrices.name,
        prefix: homePrices.prefix,
        kind: 'BO',
        parentVersion: null,
      } as const;
      await registry.reserve({ ...reservation, idempotencyKey: 'test' });
      await world.publish(version);
      await world.assign('production', version);
    },

    /** A worker process; resolves when it polls. */
    async startWorker(): Promise<ChildProcess> {
      const [port, sdkPort] = await freePorts(2);
      const { s3 } = services;
      const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'worker.ts')], {
        cwd: root,
        env: {
          ...process.env,
          DATABASE_URL: url,
          S3_ENDPOINT: s3.endpoint,
          AWS_REGION: s3.region,
          MLFLOW_S3_BUCKET: world.objects.bucket,
          TEMPORAL_ADDRESS: services.temporalAddress,
          TEMPORAL_NAMESPACE: namespace,
          INCUMBENT_HOME: world.home,
          WORKER_PORT: String(port),
          WORKER_SDK_METRICS_PORT: String(sdkPort),
          TRAINING_THREADS: '1',
          LOG_LEVEL: 'error',
        },
        stdio: ['ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'ignore', 'inherit'],
      });
      workers.push(child);
      const ready = async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => null))?.status === 200;
      await until(ready, 60_000);
      return child;
    },

    /** The workers that were not ended. */
    running: () => workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null),

    async close(): Promise<void> {
      for (const worker of this.running()) {
        const ended = once(worker, 'exit');
        worker.kill('SIGKILL');
        await ended;
      }
      await connection.close();
      await api.stop();
      await world.close();
    },
  };
}
