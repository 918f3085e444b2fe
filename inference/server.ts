import cluster from 'node:cluster';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Registry } from 'prom-client';
import { createArtifactStore } from '../adapters/artifacts/artifact-store.js';
import { withLocalCopy } from '../adapters/artifacts/local-copy.js';
import { createLogger } from '../adapters/logging/create-logger.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { startTracing } from '../adapters/tracing/tracing.js';
import { loadConfig, required } from '../config.js';
import { configureProject } from '../projects/configure-project.js';
import { projects } from '../projects/index.js';
import { runPrimary } from './cluster/primary.js';
import { createClusterMetrics } from './cluster/worker-metrics.js';
import { refreshMetrics } from './metrics/collect-own-metrics.js';
import { startService } from './start-service.js';

// requests are soon garbage: collected before the heap is several times what is in use, they cost the same time and
// some 30 MB less
setFlagsFromString('--heap-growing-percent=150');

const config = loadConfig();
const logger = createLogger({ level: config.LOG_LEVEL, part: `inference-${config.SLOT}` });
/** One process that serves: the only one, or a worker. */
async function serve(): Promise<void> {
  const project = configureProject(projects.byName(config.PROJECT ?? config.PROJECTS[0]!), config);
  const port = config.PORT ?? (config.SLOT === 'production' ? config.INFER_PROD_PORT : config.INFER_CAND_PORT);
  const objects = createS3ObjectStore({
    endpoint: config.S3_ENDPOINT,
    region: config.AWS_REGION,
    bucket: config.MLFLOW_S3_BUCKET,
  });
  const models = withLocalCopy(objects, join(config.INCUMBENT_HOME, 'models'), logger);

  const service = `inference-${config.SLOT}`;
  const tracing = await startTracing({ variables: config, service });
  const registry = new Registry();
  let refresh: (() => void) | undefined;
  const clusterMetrics = createClusterMetrics(() => refresh && { registry, refresh });
  const running = await startService({
    project,
    slot: config.SLOT,
    instanceId: config.INSTANCE_ID ?? `${project.name}-${config.SLOT}-${hostname()}-${port}`,
    databaseUrl: required(config, 'DATABASE_URL'),
    artifacts: createArtifactStore({ ...objects, ...models }),
    objects,
    home: config.INCUMBENT_HOME,
    host: config.HOST,
    port,
    address: config.INSTANCE_ADDRESS,
    spoolMaxBytes: config.SPOOL_MAX_MB * 1024 * 1024,
    authentication: config.PREDICTION_AUTH,
    corsOrigins: config.CORS_ORIGINS,
    redisUrl: config.REDIS_URL,
    piiKey: config.PII_KEY,
    retentionDays: config.PREDICTION_RETENTION_DAYS,
    drainMs: config.DRAIN_SECONDS * 1000,
    logger,
    tracing,
    worker: config.INFERENCE_WORKER_INDEX,
    workers: config.INFERENCE_WORKERS,
    registry,
    collectAll: config.INFERENCE_WORKERS > 1 ? clusterMetrics.all : undefined,
  });
  refresh = () => refreshMetrics(running.service);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      logger.info({ signal }, 'stopping');
      await running.stop();
      objects.close();
      process.exit(0);
    });
  }
}

if (config.INFERENCE_WORKERS > 1 && cluster.isPrimary) runPrimary(config.INFERENCE_WORKERS, logger);
else await serve();
