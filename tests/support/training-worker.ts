import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { createTrainingActivities } from '../../activities/training.js';
import { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { createTrainers } from '../../adapters/forest/create-trainers.js';
import { createForestThreads } from '../../adapters/forest/forest-threads.js';
import { createTrainingSetStore } from '../../adapters/forest/training-set-store.js';
import { createLoopStores } from '../../adapters/postgres/loop-stores.js';
import { createPool } from '../../adapters/postgres/pool.js';
import { createS3ObjectStore } from '../../adapters/s3/object-store.js';
import { TRAINING_QUEUE } from '../../core/loop/task-queues.js';
import { searchedFlowers, searchedFlowersCsv } from './flowers.js';

/** What a worker process of a test is told, as JSON in its first argument. */
export interface TrainingWorkerSettings {
  readonly databaseUrl: string;
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly temporalAddress: string;
  readonly namespace: string;
}

// A process that only trains, with one thread: further ones of it make a search faster. It is there to be killed.

const settings = JSON.parse(process.argv[2] ?? '{}') as TrainingWorkerSettings;
const logger = pino({ level: 'silent' });
const pool = createPool({
  connectionString: settings.databaseUrl,
  max: 2,
  applicationName: 'test-training-worker',
  logger,
});
const objects = createS3ObjectStore(settings);
const threads = createForestThreads(1);
const connection = await NativeConnection.connect({ address: settings.temporalAddress });
const worker = await Worker.create({
  connection,
  namespace: settings.namespace,
  taskQueue: TRAINING_QUEUE,
  maxConcurrentActivityTaskExecutions: 1,
  maxHeartbeatThrottleInterval: '2 seconds',
  activities: createTrainingActivities({
    project: () => searchedFlowers,
    rawData: { read: async () => searchedFlowersCsv() },
    objects,
    artifacts: createArtifactStore(objects),
    ...createLoopStores(pool),
    trainers: createTrainers(threads),
    threads,
    trainingSets: createTrainingSetStore(objects),
    codeRevision: null,
    now: () => new Date(),
  }),
});
process.stdout.write('ready\n');
await worker.run();
