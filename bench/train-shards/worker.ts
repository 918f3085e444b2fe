import { NativeConnection, Worker } from '@temporalio/worker';
import { growShard, type PreparedShards } from '../../activities/training/shards.js';
import { createForestThreads } from '../../adapters/forest/forest-threads.js';
import { createTrainingSetStore } from '../../adapters/forest/training-set-store.js';
import { createS3ObjectStore } from '../../adapters/s3/object-store.js';
import { TRAINING_QUEUE } from '../../core/loop/task-queues.js';

/** What a worker process is told, as JSON in its first argument. */
export interface ShardWorkerSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly temporalAddress: string;
  readonly prepared: PreparedShards;
}

// A process that grows parts of a forest on one thread.

const settings = JSON.parse(process.argv[2] ?? '{}') as ShardWorkerSettings;
const objects = createS3ObjectStore(settings);
const deps = { objects, trainingSets: createTrainingSetStore(objects), threads: createForestThreads(1) };
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: settings.temporalAddress }),
  taskQueue: TRAINING_QUEUE,
  maxConcurrentActivityTaskExecutions: 1,
  activities: {
    prepareShards: async () => settings.prepared,
    growShard: (request: Parameters<typeof growShard>[1]) => growShard(deps, request),
  },
});
process.stdout.write('ready\n');
await worker.run();
