import type { Pool } from 'pg';
import { createAbTestStore } from './ab-test-store.js';
import { createApprovalStore } from './approval-store.js';
import { createAuditLog } from './audit-log.js';
import { createBatchJobStore } from './batch-job-store.js';
import { createDatasetRegistry } from './dataset-registry.js';
import { createDecisionStore } from './decision-store.js';
import { createDriftStore } from './drift-store.js';
import { createExperimentStore } from './experiment-store.js';
import { createModelRegistry } from './model-registry.js';
import { createPredictionReader } from './prediction-window.js';
import { createRoutingStore } from './routing-store.js';
import { createRunStore } from './run-store.js';
import { createSlotStore } from './slot-store.js';

/** Everything the loop's activities keep in Postgres, over one pool. */
export function createLoopStores(pool: Pool) {
  return {
    batchJobs: createBatchJobStore(pool),
    datasets: createDatasetRegistry(pool),
    registry: createModelRegistry(pool),
    slots: createSlotStore(pool),
    routing: createRoutingStore(pool),
    experiments: createExperimentStore(pool),
    decisions: createDecisionStore(pool),
    approvals: createApprovalStore(pool),
    abTests: createAbTestStore(pool),
    predictions: createPredictionReader(pool),
    driftReports: createDriftStore(pool),
    runs: createRunStore(pool),
    audit: createAuditLog(pool),
  };
}
