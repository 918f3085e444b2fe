import { proxyActivities } from '@temporalio/workflow';
import type { BatchActivities } from '../activities/batch.js';
import { BATCH_QUEUE } from '../core/loop/task-queues.js';

const retry = { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;

export const batch = proxyActivities<Pick<BatchActivities, 'openBatch' | 'closeBatch'>>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '1 hour',
  retry,
});

/** Steps that read or write the table; another worker takes over when one dies. */
export const table = proxyActivities<Pick<BatchActivities, 'planBatch' | 'predictChunk' | 'joinBatch'>>({
  taskQueue: BATCH_QUEUE,
  startToCloseTimeout: '1 hour',
  scheduleToCloseTimeout: '12 hours',
  heartbeatTimeout: '15 seconds',
  retry,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
