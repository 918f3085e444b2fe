import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { pino } from 'pino';
import { inject } from 'vitest';
import { createActivities } from '../../activities/create-activities.js';
import { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { createTrainers } from '../../adapters/forest/create-trainers.js';
import { createForestThreads } from '../../adapters/forest/forest-threads.js';
import { createTrainingSetStore } from '../../adapters/forest/training-set-store.js';
import { createNotificationSender } from '../../adapters/notifications/notification-sender.js';
import type { NotificationSettings } from '../../adapters/notifications/receivers.js';
import { createGuardedPost } from '../../adapters/notify/guarded-post.js';
import { createLoopStores } from '../../adapters/postgres/loop-stores.js';
import { createUserIds } from '../../adapters/privacy/user-ids.js';
import { createWorkers } from '../../adapters/temporal/create-workers.js';
import { ensureSearchAttributes } from '../../adapters/temporal/ensure-search-attributes.js';
import { createLoopClient } from '../../adapters/temporal/loop-client.js';
import { BATCH_QUEUE, ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../../core/loop/task-queues.js';
import type { ModelProject } from '../../core/project.js';
import type { Slot } from '../../core/registry/version.js';
import { type RunningService, startService } from '../../inference/start-service.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { createTestDatabase } from './database.js';
import { createTestObjectStore } from './object-store.js';

/** Home prices on a small generated file and with few trees: the same steps, in seconds. */
export const smallHomePrices: ModelProject = {
  ...homePrices,
  training: {
    ...homePrices.training,
    hyperparameters: { ...homePrices.training.hyperparameters, trees: 20 },
    search: undefined,
    minRows: 300,
  },
  gates: { metrics: { r2: { min: 0.5 } }, maxLossIncrease: 0.5 },
} as ModelProject;

/** Raw text as a test wants it; change `text` between trainings. */
class RawText {
  text = homePrices.dataset.generate({ randomState: 1, rows: 2_500 });
  read = async () => this.text;
}

/** Made, known to every part of the server, and with the search attributes of the product. */
export async function createNamespace(client: Client, namespace: string): Promise<void> {
  await client.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  await ensureSearchAttributes(client, pino({ level: 'silent' }));
  for (let tries = 0; ; tries++) {
    try {
      await client.workflow.count();
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/**
 * The loop's activities over a database and a bucket of this file's own, and real inference services that follow their
 * slots. The task queues are those of the product: files that run workers at the same time need namespaces of their own.
 */
export async function createLoop({
  namespace = 'default',
  project = smallHomePrices,
  notifications = { emailFrom: 'loop@example.com' },
}: {
  readonly namespace?: string;
  readonly project?: ModelProject;
  readonly notifications?: NotificationSettings;
} = {}) {
  const services = inject('services');
  const database = await createTestDatabase();
  const objects = await createTestObjectStore();
  const rawData = new RawText();
  const { pool } = database;
  const threads = createForestThreads(1);
  const deps = {
    project: () => project,
    rawData,
    objects,
    artifacts: createArtifactStore(objects),
    ...createLoopStores(pool),
    trainers: createTrainers(threads),
    threads,
    trainingSets: createTrainingSetStore(objects),
    notifications: createNotificationSender({
      pool,
      settings: notifications,
      guardedSend: createGuardedPost(['127.0.0.1']).send,
    }),
    codeRevision: 'test',
    userIds: createUserIds(undefined),
    now: () => new Date(),
  };
  const activities = createActivities(deps);
  const connection = await Connection.connect({ address: services.temporalAddress });
  const client = new Client({ connection, namespace });
  if (namespace !== 'default') await createNamespace(client, namespace);
  const home = mkdtempSync(join(tmpdir(), 'incumbent-loop-'));
  const logger = pino({ level: 'fatal' });
  const running: RunningService[] = [];

  return {
    ...deps,
    activities,
    client,
    loop: createLoopClient(client, ORCHESTRATION_QUEUE),
    pool,

    /** A worker with both queues; workflows are bundled from their sources. */
    async startWorker(): Promise<{ stop(): Promise<void> }> {
      const native = await NativeConnection.connect({ address: services.temporalAddress });
      const workers = await createWorkers({
        connection: native,
        namespace,
        orchestrationQueue: ORCHESTRATION_QUEUE,
        trainingQueue: TRAINING_QUEUE,
        batchQueue: BATCH_QUEUE,
        activities,
        concurrentTrainings: threads.threads,
        workflows: { workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)) },
      });
      const done = Promise.all(workers.map((worker) => worker.run()));
      return {
        async stop() {
          for (const worker of workers) worker.shutdown();
          await done;
          await native.close();
        },
      };
    },

    /** A real prediction service for a slot, in this process. */
    async startInference(slot: Slot, instanceId: string = slot): Promise<{ url: string; stop(): Promise<void> }> {
      const service = await startService({
        project,
        slot,
        instanceId,
        databaseUrl: database.url,
        artifacts: createArtifactStore(objects),
        home: join(home, instanceId),
        host: '127.0.0.1',
        port: 0,
        spoolMaxBytes: 1024 * 1024,
        drainMs: 2_000,
        logger,
      });
      running.push(service);
      return { url: `http://${service.address}`, stop: () => service.stop() };
    },

    async stop(): Promise<void> {
      for (const service of running) await service.stop();
      await threads.close();
      await connection.close();
      objects.close();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
