import type { AccountStore } from '../adapters/postgres/account-store.js';
import type { ApiKeyStore } from '../adapters/postgres/api-key-store.js';
import type { SessionStore } from '../adapters/postgres/session-store.js';
import type { ControlDeps } from './control-deps.js';
import type { Route } from './http/route.js';
import type { HoursOfPredictions } from './monitoring/hours-of-predictions.js';
import { abTestRoutes } from './routes/ab-tests.js';
import { accountRoutes } from './routes/accounts.js';
import { alertRoutes } from './routes/alerts.js';
import { apiKeyRoutes } from './routes/api-keys.js';
import { approvalRoutes } from './routes/approvals.js';
import { auditRoutes } from './routes/audit.js';
import { authRoutes } from './routes/auth.js';
import { batchJobRoutes } from './routes/batch-jobs.js';
import { datasetRoutes } from './routes/datasets.js';
import { deployRoutes } from './routes/deploy.js';
import { eventRoutes } from './routes/events.js';
import { experimentChangeRoutes } from './routes/experiment-changes.js';
import { experimentRoutes } from './routes/experiments.js';
import { featureRoutes } from './routes/features.js';
import { healthRoutes } from './routes/health.js';
import { modelFileRoutes } from './routes/model-files.js';
import { modelRoutes } from './routes/models.js';
import { monitoringRoutes } from './routes/monitoring.js';
import { newExperimentRoutes } from './routes/new-experiment.js';
import { notificationChannelRoutes } from './routes/notification-channels.js';
import { notificationRoutes } from './routes/notifications.js';
import { overviewRoutes } from './routes/overview.js';
import { peopleRoutes } from './routes/people.js';
import { powerRoutes } from './routes/power.js';
import { predictionRoutes } from './routes/predictions.js';
import { productionRoutes } from './routes/production.js';
import { promotionRoutes } from './routes/promotion.js';
import { registerRoutes } from './routes/register.js';
import { scheduleRoutes } from './routes/schedules.js';
import { trainingRoutes } from './routes/training.js';
import { uploadRoutes } from './routes/uploads.js';

/** The stores of who may do what. */
export interface AccessStores {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly keys: ApiKeyStore;
}

/** Every route of the API. */
export function createRoutes(deps: ControlDeps & AccessStores & { hours: HoursOfPredictions }): Route[] {
  return [
    ...healthRoutes(deps),
    ...overviewRoutes(deps),
    ...eventRoutes(deps),
    ...trainingRoutes(deps),
    ...modelRoutes(deps),
    ...modelFileRoutes(deps),
    ...registerRoutes(deps),
    ...promotionRoutes(deps),
    ...deployRoutes(deps),
    ...productionRoutes(deps),
    ...experimentRoutes(deps),
    ...newExperimentRoutes(deps),
    ...experimentChangeRoutes(deps),
    ...abTestRoutes(deps),
    ...approvalRoutes(deps),
    ...powerRoutes(deps),
    ...monitoringRoutes(deps),
    ...predictionRoutes(deps),
    ...notificationRoutes(deps),
    ...notificationChannelRoutes(deps),
    ...alertRoutes(deps),
    ...scheduleRoutes(deps),
    ...batchJobRoutes(deps),
    ...uploadRoutes(deps),
    ...datasetRoutes(deps),
    ...featureRoutes(deps),
    ...peopleRoutes(deps),
    ...auditRoutes(deps),
    ...authRoutes(deps),
    ...accountRoutes(deps),
    ...apiKeyRoutes(deps),
  ];
}
