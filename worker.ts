import { existsSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createDeliveryActivities } from './activities/delivery.js';
import { createDriftActivities } from './activities/drift.js';
import { createExperimentActivities } from './activities/experiment.js';
import { createTrainingActivities } from './activities/training.js';
import { createArtifactStore } from './adapters/artifacts/artifact-store.js';
import { createLoopFigures } from './adapters/figures/loop-figures.js';
import { createForestThreads } from './adapters/forest/forest-threads.js';
import { createMlRandomForestTrainer } from './adapters/forest/ml-random-forest-trainer.js';
import { createAuditLog } from './adapters/postgres/audit-log.js';
import { createDatasetRegistry } from './adapters/postgres/dataset-registry.js';
import { createDecisionStore } from './adapters/postgres/decision-store.js';
import { createDriftStore } from './adapters/postgres/drift-store.js';
import { createExperimentStore } from './adapters/postgres/experiment-store.js';
import { createModelRegistry } from './adapters/postgres/model-registry.js';
import { createPool } from './adapters/postgres/pool.js';
import { createPredictionReader } from './adapters/postgres/prediction-window.js';
import { createRoutingStore } from './adapters/postgres/routing-store.js';
import { createRunStore } from './adapters/postgres/run-store.js';
import { createSlotStore } from './adapters/postgres/slot-store.js';
import { createUploadReader } from './adapters/postgres/upload-store.js';
import { createRawDataSource } from './adapters/raw-data.js';
import { createS3ObjectStore } from './adapters/s3/object-store.js';
import { connectClient, connectWorker } from './adapters/temporal/connect.js';
import { createWorkers } from './adapters/temporal/create-workers.js';
import { ensureSearchAttributes } from './adapters/temporal/ensure-search-attributes.js';
import { reconcileSchedules } from './adapters/temporal/reconcile-schedules.js';
import { sdkMetricsExporter } from './adapters/temporal/sdk-metrics.js';
import { loadConfig, required } from './config.js';
import { parseDecisionRule } from './core/experiment/decision-rule.js';
import { ORCHESTRATION_QUEUE, TRAINING_QUEUE } from './core/loop/task-queues.js';
import type { ModelProject } from './core/project.js';
import { createMetrics, dependencyMetricDefinitions, loopMetricDefinitions } from './monitoring/metrics.js';
import { projects as allProjects } from './projects/index.js';

const config = loadConfig();
const logger = pino({ level: config.LOG_LEVEL, base: { part: 'worker' } });
Runtime.install({
  telemetryOptions: { metrics: sdkMetricsExporter(`${config.HOST}:${config.WORKER_SDK_METRICS_PORT}`) },
  logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
    const at = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
    logger[at[level]](meta ?? {}, message);
  }),
});

/** A project as this installation runs it. */
function configured(name: string): ModelProject {
  const project = allProjects.byName(name);
  return {
    ...project,
    candidateWeightPercent: config.CANDIDATE_WEIGHT ?? project.candidateWeightPercent,
    decision: parseDecisionRule({ ...project.decision, ...config.DECISION_RULE }),
  };
}
const projects = config.PROJECTS.map(configured);
const pool = createPool({
  connectionString: required(config, 'DATABASE_URL'),
  max: config.DATABASE_POOL,
  applicationName: 'incumbent-worker',
  logger,
});
const objects = createS3ObjectStore({
  endpoint: config.S3_ENDPOINT,
  region: config.AWS_REGION,
  bucket: config.MLFLOW_S3_BUCKET,
});
await objects.ensureBucket();

const threads = createForestThreads(config.TRAINING_THREADS);
const deps = {
  project: configured,
  rawData: createRawDataSource(config, createUploadReader(pool, objects)),
  objects,
  artifacts: createArtifactStore(objects),
  datasets: createDatasetRegistry(pool),
  registry: createModelRegistry(pool),
  slots: createSlotStore(pool),
  routing: createRoutingStore(pool),
  experiments: createExperimentStore(pool),
  decisions: createDecisionStore(pool),
  predictions: createPredictionReader(pool),
  driftReports: createDriftStore(pool),
  runs: createRunStore(pool),
  audit: createAuditLog(pool),
  trainers: { forest: threads, 'ml-random-forest': createMlRandomForestTrainer() },
  codeRevision: config.CODE_REVISION ?? null,
  now: () => new Date(),
};
const activities = {
  ...createDeliveryActivities(deps),
  ...createDriftActivities(deps),
  ...createExperimentActivities(deps),
  ...createTrainingActivities(deps),
};

const client = await connectClient();
await ensureSearchAttributes(client, logger);
await reconcileSchedules(client, projects, ORCHESTRATION_QUEUE, logger);

const { connection, namespace } = await connectWorker();
const bundle = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url));
const workers = await createWorkers({
  connection,
  namespace,
  orchestrationQueue: ORCHESTRATION_QUEUE,
  trainingQueue: TRAINING_QUEUE,
  activities,
  concurrentTrainings: 1,
  workflows: existsSync(bundle)
    ? { workflowBundle: { codePath: bundle } }
    : { workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)) },
});

const registry = new Registry();
collectDefaultMetrics({ register: registry });
const figures = createLoopFigures({
  metrics: createMetrics(registry, { ...loopMetricDefinitions, ...dependencyMetricDefinitions }),
  pool,
  client,
  objects,
  projects: config.PROJECTS,
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
await Promise.all(workers.map((worker) => worker.run()));
health.close();
await threads.close();
await connection.close();
await client.connection.close();
await pool.end();
objects.close();
logger.info('worker stopped');
