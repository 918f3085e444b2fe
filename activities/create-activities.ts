import { type AbTestDeps, createAbTestActivities } from './ab-tests.js';
import { type ApprovalDeps, createApprovalActivities } from './approvals.js';
import type { BatchDeps } from './batch/batch-deps.js';
import { createBatchActivities } from './batch.js';
import { createDeliveryActivities, type DeliveryDeps } from './delivery.js';
import { createDriftActivities, type DriftDeps } from './drift.js';
import { createExperimentActivities, type ExperimentDeps } from './experiment.js';
import { createNotificationActivities, type NotificationDeps } from './notifications.js';
import type { TrainingDeps } from './training/training-deps.js';
import { createTrainingActivities } from './training.js';

/** Every activity of the loop, as a worker registers them. */
export function createActivities(
  deps: AbTestDeps &
    ApprovalDeps &
    BatchDeps &
    DeliveryDeps &
    DriftDeps &
    ExperimentDeps &
    NotificationDeps &
    TrainingDeps,
) {
  return {
    ...createAbTestActivities(deps),
    ...createApprovalActivities(deps),
    ...createBatchActivities(deps),
    ...createDeliveryActivities(deps),
    ...createDriftActivities(deps),
    ...createExperimentActivities(deps),
    ...createNotificationActivities(deps),
    ...createTrainingActivities(deps),
  };
}
