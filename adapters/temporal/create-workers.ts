import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Tracing } from '../tracing/tracing.js';
import { tracingPlugins } from './tracing-plugins.js';

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly orchestrationQueue: string;
  readonly trainingQueue: string;
  readonly batchQueue: string;
  readonly activities: object;
  /**
   * The build as a version of a Temporal worker deployment; null: workers are not told apart. A versioned worker gets work
   * once its version is made the current one, or the ramping one. Workflows move to the current version as they go on.
   */
  readonly deployment?: { readonly name: string; readonly buildId: string } | null;
  /** How many steps of trainings this process runs at a time: as many as it has threads for them. */
  readonly concurrentTrainings: number;
  /** Traces workflows and activities. */
  readonly tracing?: Tracing | null;
  /** Where the workflows are: the sources, or a bundle that was built before. */
  readonly workflows: Pick<WorkerOptions, 'workflowsPath' | 'workflowBundle'>;
}

/** Chunks that are fetched and stored while another is predicted. */
const CHUNKS_AT_ONCE = 2;

/** One process, every queue: workflows and quick steps on one, processor-bound steps on the others. */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { connection, namespace, activities, deployment } = options;
  const versioned: Pick<WorkerOptions, 'workerDeploymentOptions'> = deployment
    ? {
        workerDeploymentOptions: {
          version: { deploymentName: deployment.name, buildId: deployment.buildId },
          useWorkerVersioning: true,
          defaultVersioningBehavior: 'AUTO_UPGRADE',
        },
      }
    : {};
  const plugins = await tracingPlugins(options.tracing ?? null);
  const shared = { connection, namespace, activities, plugins, shutdownGraceTime: '20 seconds', ...versioned } as const;
  return Promise.all([
    Worker.create({ ...shared, ...options.workflows, taskQueue: options.orchestrationQueue }),
    Worker.create({
      ...shared,
      taskQueue: options.trainingQueue,
      maxConcurrentActivityTaskExecutions: options.concurrentTrainings,
      // a cancellation comes back with a heartbeat: it should not wait for most of the heartbeat's timeout
      maxHeartbeatThrottleInterval: '2 seconds',
    }),
    Worker.create({ ...shared, taskQueue: options.batchQueue, maxConcurrentActivityTaskExecutions: CHUNKS_AT_ONCE }),
  ]);
}
