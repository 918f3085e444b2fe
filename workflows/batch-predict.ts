import {
  CancellationScope,
  defineQuery,
  isCancellation,
  rootCause,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { BatchRequest } from '../activities/batch/batch-deps.js';
import { batch, table } from './batch-proxies.js';
import { modelVersionAttribute, projectAttribute } from './search-attributes.js';

export interface BatchProgress {
  readonly step: 'planning' | 'predicting' | 'joining' | 'done';
  readonly modelVersion: string | null;
  readonly rows: number | null;
  readonly rowsDone: number;
  readonly refused: number;
  readonly chunks: number | null;
  readonly chunksDone: number;
}

export interface BatchResult {
  readonly modelVersion: string;
  readonly rows: number;
  readonly refused: number;
  readonly resultKey: string;
  readonly errorsKey: string;
}

/** More would only wait in the queue, and fill the history when they are cancelled. */
const CHUNKS_IN_FLIGHT = 100;

const batchProgress = defineQuery<BatchProgress>('progress');

/** Runs `work` for 0 … count − 1, a bounded number at a time; the first failure cancels the others and waits for them. */
async function forEachIndex(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const lanes = Array.from({ length: Math.min(atOnce, count) }, async () => {
      try {
        while (next < count) await work(next++);
      } catch (error) {
        scope.cancel();
        throw error;
      }
    });
    const ended = await Promise.allSettled(lanes);
    const failures = ended.flatMap((lane) => (lane.status === 'rejected' ? [lane.reason] : []));
    const cause = failures.find((failure) => !isCancellation(failure)) ?? failures[0];
    if (cause) throw cause;
  });
}

/** A table in S3 → a file of predictions and a file of refused rows, in chunks spread over the workers. */
export async function batchPredict(request: BatchRequest): Promise<BatchResult> {
  let progress: BatchProgress = {
    step: 'planning',
    modelVersion: null,
    rows: null,
    rowsDone: 0,
    refused: 0,
    chunks: null,
    chunksDone: 0,
  };
  setHandler(batchProgress, () => progress);
  upsertSearchAttributes([{ key: projectAttribute, value: request.project }]);

  try {
    const { modelVersion } = await batch.openBatch(request);
    upsertSearchAttributes([{ key: modelVersionAttribute, value: modelVersion }]);
    progress = { ...progress, modelVersion };
    const plan = await table.planBatch();
    progress = { ...progress, ...plan, step: 'predicting' };
    await forEachIndex(plan.chunks, CHUNKS_IN_FLIGHT, async (index) => {
      const { rows, refused } = await table.predictChunk(index);
      progress = {
        ...progress,
        rowsDone: progress.rowsDone + rows,
        refused: progress.refused + refused,
        chunksDone: progress.chunksDone + 1,
      };
    });
    progress = { ...progress, step: 'joining' };
    const files = await table.joinBatch();
    await batch.closeBatch('succeeded', files);
    progress = { ...progress, step: 'done' };
    return { modelVersion, rows: progress.rowsDone, refused: progress.refused, ...files };
  } catch (error) {
    const cancelled = isCancellation(error);
    const why = cancelled ? null : (rootCause(error) ?? String(error));
    await CancellationScope.nonCancellable(() => batch.closeBatch(cancelled ? 'cancelled' : 'failed', { error: why }));
    throw error;
  }
}
