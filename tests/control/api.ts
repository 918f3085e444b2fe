import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import supertest from 'supertest';
import { inject } from 'vitest';
import { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { createNotificationSender } from '../../adapters/notifications/notification-sender.js';
import type { NotificationSettings } from '../../adapters/notifications/receivers.js';
import { createGuardedPost } from '../../adapters/notify/guarded-post.js';
import { createWebhook } from '../../adapters/notify/webhook.js';
import { createAbTestStore } from '../../adapters/postgres/ab-test-store.js';
import { createApprovalStore } from '../../adapters/postgres/approval-store.js';
import { createAuditLog } from '../../adapters/postgres/audit-log.js';
import { createDecisionStore } from '../../adapters/postgres/decision-store.js';
import { createExperimentStore } from '../../adapters/postgres/experiment-store.js';
import { createModelRegistry } from '../../adapters/postgres/model-registry.js';
import { createSlotStore } from '../../adapters/postgres/slot-store.js';
import { createUserIds } from '../../adapters/privacy/user-ids.js';
import { connectClient } from '../../adapters/temporal/connect.js';
import { createJobReader } from '../../adapters/temporal/job-reader.js';
import { createLoopClient } from '../../adapters/temporal/loop-client.js';
import { openAccess } from '../../control/access/access-settings.js';
import { createControlApp } from '../../control/app.js';
import type { ControlDeps } from '../../control/control-deps.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { createProjectRegistry } from '../../projects/project-registry.js';
import { createTestDatabase } from '../support/database.js';
import { createTestObjectStore } from '../support/object-store.js';

/**
 * The control API on real services, with a database, a bucket, a task queue and a model project of the test file's own: Temporal is
 * shared by all files, and the ids of its workflows carry the project's name.
 */
export async function startTestApi(
  overrides: Partial<ControlDeps> = {},
  settings: NotificationSettings = { emailFrom: 'loop@example.com' },
) {
  const database = await createTestDatabase();
  const objects = await createTestObjectStore();
  const client = await connectClient({ TEMPORAL_ADDRESS: inject('services').temporalAddress });
  const { pool } = database;
  const name = `homes-${randomBytes(4).toString('hex')}`;
  const project = { ...homePrices, name, prefix: name };
  const projects = createProjectRegistry([project, { ...homePrices, name: `other-${name}`, prefix: `other-${name}` }]);
  const taskQueue = `control-${objects.bucket}`;
  const deps: ControlDeps = {
    logger: pino({ level: 'silent' }),
    pool,
    projects: projects.all,
    project: (name) => projects.byName(name),
    registry: createModelRegistry(pool),
    slots: createSlotStore(pool),
    experiments: createExperimentStore(pool),
    decisions: createDecisionStore(pool),
    approvals: createApprovalStore(pool),
    abTests: createAbTestStore(pool),
    artifacts: createArtifactStore(objects),
    objects,
    audit: createAuditLog(pool),
    loop: createLoopClient(client, taskQueue),
    jobs: createJobReader(client),
    cleanUpload: async (of, text) => projects.byName(of).dataset.clean(text).profile,
    webhook: createWebhook(['127.0.0.1']),
    notifications: createNotificationSender({
      pool,
      settings,
      guardedSend: createGuardedPost(['127.0.0.1']).send,
    }),
    userIds: createUserIds(undefined),
    access: openAccess,
    now: () => new Date(),
    ...overrides,
  };
  return {
    deps,
    project: name,
    pool,
    client,
    taskQueue,
    objects,
    request: supertest(createControlApp(deps)),
    async stop() {
      await client.connection.close();
      objects.close();
      await database.drop();
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>;
