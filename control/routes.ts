import type { ControlDeps } from './control-deps.js';
import type { Route } from './http/route.js';
import { auditRoutes } from './routes/audit.js';
import { datasetRoutes } from './routes/datasets.js';
import { deployRoutes } from './routes/deploy.js';
import { experimentRoutes } from './routes/experiments.js';
import { healthRoutes } from './routes/health.js';
import { modelRoutes } from './routes/models.js';
import { monitoringRoutes } from './routes/monitoring.js';
import { overviewRoutes } from './routes/overview.js';
import { productionRoutes } from './routes/production.js';
import { promotionRoutes } from './routes/promotion.js';
import { scheduleRoutes } from './routes/schedules.js';
import { trainingRoutes } from './routes/training.js';

/** Every route of the API. */
export function createRoutes(deps: ControlDeps): Route[] {
  return [
    ...healthRoutes(deps),
    ...overviewRoutes(deps),
    ...trainingRoutes(deps),
    ...modelRoutes(deps),
    ...promotionRoutes(deps),
    ...deployRoutes(deps),
    ...productionRoutes(deps),
    ...experimentRoutes(deps),
    ...monitoringRoutes(deps),
    ...scheduleRoutes(deps),
    ...datasetRoutes(deps),
    ...auditRoutes(deps),
  ];
}
