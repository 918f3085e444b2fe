import { proxyActivities } from '@temporalio/workflow';
import type { AbTestActivities } from '../activities/ab-tests.js';
import type { ApprovalActivities } from '../activities/approvals.js';
import type { DeliveryActivities } from '../activities/delivery.js';
import type { DriftActivities } from '../activities/drift.js';
import type { ExperimentActivities } from '../activities/experiment.js';
import type { TrainingActivities } from '../activities/training.js';
import { TRAINING_QUEUE } from '../core/loop/task-queues.js';

/** Transient faults are retried for as long as the step may take; domain errors are not retried at all. */
const retry = { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;

type Quick = AbTestActivities &
  ApprovalActivities &
  DeliveryActivities &
  ExperimentActivities &
  Pick<TrainingActivities, 'startRun' | 'finishRun' | 'reserveVersion' | 'closeRound' | 'discardWork'>;

/** Steps of a few queries. */
export const quick = proxyActivities<Quick>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '1 hour',
  retry,
});

/** Looks that are repeated soon anyway. */
export const watching = proxyActivities<Pick<ExperimentActivities, 'guard'>>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '40 seconds',
  retry,
});

/** Steps that wait for other processes to follow: bounded, so that a delivery ends or is undone. */
export const waiting = proxyActivities<Pick<DeliveryActivities, 'awaitInstances' | 'routeTraffic'>>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '5 minutes',
  heartbeatTimeout: '20 seconds',
  retry,
});

/** Steps that read or write data sets and models; they run on the training queue and may be taken over by another worker. */
export const heavy = proxyActivities<
  Pick<TrainingActivities, 'snapshotDataset' | 'prepareSearch' | 'prepareShards' | 'trainModel'> &
    DriftActivities &
    Pick<DeliveryActivities, 'copyToProduction'>
>({
  taskQueue: TRAINING_QUEUE,
  startToCloseTimeout: '6 hours',
  scheduleToCloseTimeout: '12 hours',
  heartbeatTimeout: '30 seconds',
  retry,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});

/** Parts of one training that many workers share: a worker that dies is noticed soon and another takes its parts. */
export const fanned = proxyActivities<Pick<TrainingActivities, 'evaluateFold' | 'growShard'>>({
  taskQueue: TRAINING_QUEUE,
  startToCloseTimeout: '2 hours',
  scheduleToCloseTimeout: '12 hours',
  heartbeatTimeout: '10 seconds',
  retry,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
