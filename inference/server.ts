import { join } from 'node:path';
import { pino } from 'pino';
import { createArtifactStore } from '../adapters/artifacts/artifact-store.js';
import { withLocalCopy } from '../adapters/artifacts/local-copy.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { loadConfig, required } from '../config.js';
import { projects } from '../projects/index.js';
import { startService } from './start-service.js';

const config = loadConfig();
const logger = pino({ level: config.LOG_LEVEL, base: { part: `inference-${config.SLOT}` } });
const project = projects.byName(config.PROJECT ?? config.PROJECTS[0]!);
const port = config.PORT ?? (config.SLOT === 'production' ? config.INFER_PROD_PORT : config.INFER_CAND_PORT);
const objects = createS3ObjectStore({
  endpoint: config.S3_ENDPOINT,
  region: config.AWS_REGION,
  bucket: config.MLFLOW_S3_BUCKET,
});
const models = withLocalCopy(objects, join(config.INCUMBENT_HOME, 'models'), logger);

const running = await startService({
  project,
  slot: config.SLOT,
  instanceId: config.INSTANCE_ID ?? `${project.name}-${config.SLOT}-${port}`,
  databaseUrl: required(config, 'DATABASE_URL'),
  artifacts: createArtifactStore({ ...objects, ...models }),
  home: config.INCUMBENT_HOME,
  host: config.HOST,
  port,
  address: config.INSTANCE_ADDRESS,
  spoolMaxBytes: config.SPOOL_MAX_MB * 1024 * 1024,
  retentionDays: config.PREDICTION_RETENTION_DAYS,
  drainMs: config.DRAIN_SECONDS * 1000,
  logger,
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    logger.info({ signal }, 'stopping');
    await running.stop();
    objects.close();
    process.exit(0);
  });
}
