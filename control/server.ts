import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createArtifactStore } from '../adapters/artifacts/artifact-store.js';
import { createLogger } from '../adapters/logging/create-logger.js';
import { createNotificationSender } from '../adapters/notifications/notification-sender.js';
import { notificationSettings } from '../adapters/notifications/notification-settings.js';
import { createGuardedPost } from '../adapters/notify/guarded-post.js';
import { createWebhook } from '../adapters/notify/webhook.js';
import { createAbTestStore } from '../adapters/postgres/ab-test-store.js';
import { createApprovalStore } from '../adapters/postgres/approval-store.js';
import { createAuditLog } from '../adapters/postgres/audit-log.js';
import { createDecisionStore } from '../adapters/postgres/decision-store.js';
import { createExperimentStore } from '../adapters/postgres/experiment-store.js';
import { createModelRegistry } from '../adapters/postgres/model-registry.js';
import { createPool } from '../adapters/postgres/pool.js';
import { createSlotStore } from '../adapters/postgres/slot-store.js';
import { createUserIds } from '../adapters/privacy/user-ids.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { connectClient, WHILE_A_PERSON_WAITS } from '../adapters/temporal/connect.js';
import { createJobReader } from '../adapters/temporal/job-reader.js';
import { createLoopClient } from '../adapters/temporal/loop-client.js';
import { traceListener } from '../adapters/tracing/trace-listener.js';
import { tracePool } from '../adapters/tracing/trace-pool.js';
import { startTracing } from '../adapters/tracing/tracing.js';
import { loadConfig, required } from '../config.js';
import { ORCHESTRATION_QUEUE } from '../core/loop/task-queues.js';
import type { ModelProject } from '../core/project.js';
import { configureProject } from '../projects/configure-project.js';
import { projects } from '../projects/index.js';
import { offerFirstKey } from './access/first-key.js';
import { readAccess } from './access/read-access.js';
import { watchAlerts } from './alerts/check-alerts.js';
import { createControlApp } from './app.js';
import { cleanInThread } from './clean-in-thread.js';
import type { ControlDeps } from './control-deps.js';
import { createHoursOfPredictions } from './monitoring/hours-of-predictions.js';
import { watchRetention } from './upkeep/apply-retention.js';
import { watchHours } from './upkeep/count-hours.js';

/** Requests under way get this long to end. */
const GRACE_MS = 10_000;

const config = loadConfig();
const asConfigured = new Map<string, ModelProject>();
const configured = (name: string): ModelProject => {
  const known = asConfigured.get(name) ?? configureProject(projects.byName(name), config);
  asConfigured.set(name, known);
  return known;
};
const logger = createLogger({ level: config.LOG_LEVEL, part: 'control' });
const { projects: running, failures } = projects.select(config.PROJECTS);
for (const failure of failures) logger.error(failure, 'project left out');
const pool = createPool({
  connectionString: required(config, 'DATABASE_URL'),
  max: config.DATABASE_POOL,
  applicationName: 'incumbent-control',
  logger,
});
const objects = createS3ObjectStore({
  endpoint: config.S3_ENDPOINT,
  region: config.AWS_REGION,
  bucket: config.MLFLOW_S3_BUCKET,
});
const tracing = await startTracing({ variables: config, service: 'control' });
if (tracing) tracePool(pool, tracing.tracer);
const client = await connectClient(process.env, tracing, WHILE_A_PERSON_WAITS);
const access = readAccess(config, logger);
const deps: ControlDeps = {
  logger,
  pool,
  projects: running.map(({ name }) => configured(name)),
  project: configured,
  registry: createModelRegistry(pool),
  slots: createSlotStore(pool),
  experiments: createExperimentStore(pool),
  decisions: createDecisionStore(pool),
  approvals: createApprovalStore(pool),
  abTests: createAbTestStore(pool),
  artifacts: createArtifactStore(objects),
  objects,
  audit: createAuditLog(pool),
  cleanUpload: cleanInThread,
  loop: createLoopClient(client, ORCHESTRATION_QUEUE),
  jobs: createJobReader(client),
  webhook: createWebhook(config.WEBHOOK_HOSTS),
  notifications: createNotificationSender({
    pool,
    settings: notificationSettings(config),
    guardedSend: createGuardedPost(config.WEBHOOK_HOSTS).send,
  }),
  userIds: createUserIds(config.PII_KEY),
  access,
  now: () => new Date(),
};
const hours = createHoursOfPredictions(pool);
const app = createControlApp(deps, hours);
const { FIRST_ADMIN_KEY_PATH: keyPath } = config;
const tellKey = keyPath
  ? (text: string) => writeFileSync(keyPath, text, { mode: 0o600 })
  : (text: string) => process.stderr.write(text);
if (access.on) await offerFirstKey(pool, tellKey);

const alerts = watchAlerts(deps);
const endCounting = watchHours({ ...deps, hours });
const endRetention = watchRetention(deps, {
  feedbackDays: config.FEEDBACK_RETENTION_DAYS,
  notificationDays: config.NOTIFICATION_RETENTION_DAYS,
  batchDays: config.BATCH_RETENTION_DAYS,
});
const server = createServer(tracing ? traceListener(app, tracing.tracer) : app);
server.listen(config.CONTROL_PORT, config.HOST, () => {
  logger.info({ address: `http://${config.HOST}:${config.CONTROL_PORT}` }, 'control API listens');
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  server.closeIdleConnections();
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cut);
  endRetention();
  await endCounting();
  await alerts.stop();
  await client.connection.close();
  await pool.end();
  objects.close();
  await tracing?.stop();
  logger.info('control API stopped');
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
