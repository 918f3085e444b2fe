import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createArtifactStore } from '../../../adapters/artifacts/artifact-store.js';
import { createSlotStore } from '../../../adapters/postgres/slot-store.js';
import { artifactPrefix, type Slot } from '../../../core/registry/version.js';
import { type RunningService, type ServiceOptions, startService } from '../../../inference/start-service.js';
import { homePrices } from '../../../projects/home-prices/project.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createTestObjectStore } from '../../support/object-store.js';
import { trainHomeModel } from './train-home-model.js';

type ObjectStore = Awaited<ReturnType<typeof createTestObjectStore>>;

/** A database, a bucket and a folder of a test file's own, and what fills them. */
export interface InferenceWorld {
  readonly database: TestDatabase;
  readonly objects: ObjectStore;
  readonly home: string;
  /** Trains a model and writes its artifacts. */
  publish(version: string, options?: Parameters<typeof trainHomeModel>[1]): Promise<void>;
  /** Puts a version into a slot. */
  assign(slot: Slot, version: string | null): Promise<number>;
  start(options?: Partial<ServiceOptions>): Promise<RunningService>;
  close(): Promise<void>;
}

export async function createInferenceWorld(): Promise<InferenceWorld> {
  const [database, objects] = await Promise.all([createTestDatabase(), createTestObjectStore()]);
  const home = mkdtempSync(join(tmpdir(), 'incumbent-inference-'));
  const artifacts = createArtifactStore(objects);
  const slots = createSlotStore(database.pool);
  const running: RunningService[] = [];
  return {
    database,
    objects,
    home,
    async publish(version, options) {
      const { document, files } = trainHomeModel(version, options);
      await artifacts.write(artifactPrefix(homePrices.prefix, version), {
        project: homePrices.name,
        version,
        createdAt: document.lineage.trainedAt,
        files,
      });
    },
    async assign(slot, version) {
      const { version: now } = await slots.get(homePrices.name, slot);
      const cause = { reason: 'test', actor: 'test', workflowId: null };
      return (await slots.assign(homePrices.name, slot, version, now, cause)).generation;
    },
    async start(options = {}) {
      const service = await startService({
        project: homePrices,
        slot: 'production',
        instanceId: 'test',
        databaseUrl: database.url,
        artifacts,
        objects,
        home,
        host: '127.0.0.1',
        port: 0,
        spoolMaxBytes: 10_000_000,
        drainMs: 5_000,
        logger: pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
        ...options,
      });
      running.push(service);
      return service;
    },
    async close() {
      await Promise.all(running.map((service) => service.stop()));
      objects.close();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A world with one model in production, and the service that serves it. */
export async function startServing(): Promise<{ world: InferenceWorld; running: RunningService }> {
  const world = await createInferenceWorld();
  await world.publish('BO1');
  await world.assign('production', 'BO1');
  const running = await world.start();
  await until(() => running.service.model.current !== null);
  return { world, running };
}

/** Tries until it is so. */
export async function until(what: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
