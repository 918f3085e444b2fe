import { existsSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createActivities } from './activities/create-activities.js';
import { createArtifactStore } from './adapters/artifacts/artifact-store.js';
import { createLoopFigures } from './adapters/figures/loop-figures.js';
import { createTrainers } from './adapters/forest/create-trainers.js';
import { createForestThreads } from './adapters/forest/forest-threads.js';
import { createTrainingSetStore } from './adapters/forest/training-set-store.js';
import { createLogger } from './adapters/logging/create-logger.js';
import { startTrackingMirror } from './adapters/mlflow/tracking-mirror.js';
import { createNotificationSender } from './adapters/notifications/notification-sender.js';
import { notificationSettings } from './adapters/notifications/notification-settings.js';
import { createGuardedPost } from './adapters/notify/guarded-post.js';
import { createLoopStores } from './adapters/postgres/loop-stores.js';
import { createPool } from './adapters/postgres/pool.js';
import { createUploadReader } from './adapters/postgres/upload-store.js';
import { createRawDataSource } from './adapters/raw-data.js';
import { createS3ObjectStore } from './adapters/s3/object-store.js';
import { connectClient } from './adapters/temporal/connect.js';
import { connectWorker } from './adapters/temporal/connect-worker.js';
import { createWorkers } from './adapters/temporal/create-workers.js';
import { ensureSearchAttributes } from './adapters/temporal/ensure-search-attributes.js';
import { reconcileSchedules } from './adapters/temporal/reconcile-schedules.js';
import { sdkMetricsExporter } from './adapters/temporal/sdk-metrics.js';
import { tracePool } from './adapters/tracing/trace-pool.js';
import { startTracing } from './adapters/tracing/tracing.js';
import { loadConfig, required } from './config.js';
import { BATCH_QUEUE, ORCHESTRATION_QUEUE, TRAINING_QUEUE } from './core/loop/task-queues.js';
import { createMetrics, dependencyMetricDefinitions, loopMetricDefinitions } from './monitoring/metrics.js';
import { configureProject } from './projects/configure-project.js';
import { projects as allProjects } from './projects/index.js';

const config = loadConfig();
const logger = createLogger({ level: config.LOG_LEVEL, part: 'worker' });
const tracing = await startTracing({ variables: config, service: 'worker' });
Runtime.install({
  telemetryOptions: { metrics: sdkMetricsExporter(`${config.HOST}:${config.WORKER_SDK_METRICS_PORT}`) },
  logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
    const at = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
    logger[at[level]](meta ?? {}, message);
  }),
});

const configured = (name: string) => configureProject(allProjects.byName(name), config);
const { projects: selected, failures } = allProjects.select(config.PROJECTS);
for (const failure of failures) logger.error(failure, 'project left out');
const projects = selected.map(({ name }) => configured(name));
const pool = createPool({
  connectionString: required(config, 'DATABASE_URL'),
  max: config.DATABASE_POOL,
  applicationName: 'incumbent-worker',
  logger,
});
if (tracing) tracePool(pool, tracing.tracer);
const bucket = (name: string) =>
  createS3ObjectStore({ endpoint: config.S3_ENDPOINT, region: config.AWS_REGION, bucket: name });
const objects = bucket(config.MLFLOW_S3_BUCKET);
await objects.ensureBucket();

const threads = createForestThreads(config.TRAINING_THREADS);
const activities = createActivities({
  project: configured,
  rawData: createRawDataSource({ ...process.env, ...config }, createUploadReader(pool, objects), {
    bucket: (name) => (name === undefined ? objects : bucket(name)),
  }),
  objects,
  artifacts: createArtifactStore(objects),
  ...createLoopStores(pool),
  trainers: createTrainers(threads),
  threads,
  trainingSets: createTrainingSetStore(objects),
  notifications: createNotificationSender({
    pool,
    settings: notificationSettings(config),
    guardedSend: createGuardedPost(config.WEBHOOK_HOSTS).send,
  }),
  codeRevision: config.CODE_REVISION ?? null,
  now: () => new Date(),
});

const client = await connectClient(process.env, tracing);
await ensureSearchAttributes(client, logger);
const ended = new AbortController();
// the work does not wait for the schedules: a server that has just come back may answer for them late
const schedules = reconcileSchedules(client, {
  projects,
  taskQueue: ORCHESTRATION_QUEUE,
  logger,
  signal: ended.signal,
});

const { connection, namespace } = await connectWorker();
const bundle = fileURLToPath(
  tracing ? new URL('./workflow-bundle-traced.js', import.meta.url) : new URL('./workflow-bundle.js', import.meta.url),
);
const workers = await createWorkers({
  connection,
  namespace,
  orchestrationQueue: ORCHESTRATION_QUEUE,
  trainingQueue: TRAINING_QUEUE,
  batchQueue: BATCH_QUEUE,
  activities,
  deployment: config.WORKER_DEPLOYMENT
    ? { name: config.WORKER_DEPLOYMENT, buildId: config.WORKER_BUILD_ID ?? required(config, 'CODE_REVISION') }
    : null,
  concurrentTrainings: threads.threads,
  tracing,
  workflows: existsSync(bundle)
    ? { workflowBundle: { codePath: bundle } }
    : { workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)) },
});

const mirror = config.MLFLOW_TRACKING_URI
  ? startTrackingMirror({
      uri: config.MLFLOW_TRACKING_URI,
      username: config.MLFLOW_TRACKING_USERNAME,
      password: config.MLFLOW_TRACKING_PASSWORD,
      token: config.MLFLOW_TRACKING_TOKEN,
      pool,
      bucket: config.MLFLOW_S3_BUCKET,
      logger,
    })
  : null;

const registry = new Registry();
collectDefaultMetrics({ register: registry });
const figures = createLoopFigures({
  metrics: createMetrics(registry, { ...loopMetricDefinitions, ...dependencyMetricDefinitions }),
  pool,
  client,
  objects,
  projects: projects.map(({ name }) => name),
  home: config.INCUMBENT_HOME,
  workersRunning: () => workers.filter((worker) => worker.getState() === 'RUNNING').length,
  certificateFile: config.ROUTER_TLS_CERTIFICATE,
  logger,
});

async function tellMetrics(response: ServerResponse): Promise<void> {
  try {
    await figures.refresh();
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
  } catch (error) {
    logger.error({ err: error }, 'metrics not told');
    response.writeHead(500).end();
  }
}

const health = createServer((request, response) => {
  if (request.url === '/metrics') return void tellMetrics(response);
  const ready = workers.every((worker) => worker.getState() === 'RUNNING');
  const status = request.url === '/health' ? (ready ? 200 : 503) : 404;
  const states = workers.map((worker) => worker.getState());
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ ready, states }));
});
health.listen(config.WORKER_PORT, config.HOST);
logger.info({ projects: projects.map(({ name }) => name), port: config.WORKER_PORT }, 'worker started');

// SIGINT and SIGTERM make both workers finish what they are doing; run() then resolves
const worked = Promise.all(workers.map((worker) => worker.run())).finally(() => ended.abort());
await Promise.all([schedules, worked]);
health.close();
await mirror?.stop();
await threads.close();
await connection.close();
await client.connection.close();
await pool.end();
objects.close();
await tracing?.stop();
logger.info('worker stopped');
