import { createDeliveryActivities, type DeliveryDeps } from './delivery.js';
import { createDriftActivities, type DriftDeps } from './drift.js';
import { createExperimentActivities, type ExperimentDeps } from './experiment.js';
import type { TrainingDeps } from './training/training-deps.js';
import { createTrainingActivities } from './training.js';

/** Every activity of the loop, as a worker registers them. */
export function createActivities(deps: DeliveryDeps & DriftDeps & ExperimentDeps & TrainingDeps) {
  return {
    ...createDeliveryActivities(deps),
    ...createDriftActivities(deps),
    ...createExperimentActivities(deps),
    ...createTrainingActivities(deps),
  };
}
