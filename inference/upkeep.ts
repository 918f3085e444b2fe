import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { readLatestDriftReport } from '../adapters/postgres/drift-report-reader.js';
import { dropOldPartitions, makePartitions } from '../adapters/postgres/prediction-partitions.js';
import type { InferenceMetrics } from '../monitoring/metrics.js';

/** A chore that is done now and then as long as the service runs. A failure waits for the next time. */
export function repeat(everyMs: number, chore: () => Promise<unknown>, onError: (error: unknown) => void): () => void {
  let busy = false;
  const once = async () => {
    if (busy) return;
    busy = true;
    await chore().catch(onError);
    busy = false;
  };
  const timer = setInterval(once, everyMs);
  void once();
  return () => clearInterval(timer);
}

/** Makes tomorrow's partitions, and drops those that are older than anybody wants to keep. */
export async function tendPartitions(pool: Pool, keepDays: number | undefined, logger: Logger): Promise<void> {
  const made = await makePartitions(pool, new Date());
  if (made.length > 0) logger.info({ made }, 'partitions for predictions made');
  if (keepDays === undefined) return;
  const dropped = await dropOldPartitions(pool, new Date(), keepDays);
  if (dropped.length > 0) logger.info({ dropped, keepDays }, 'old predictions added up and dropped');
}

export async function readDriftScore(pool: Pool, project: string, metrics: InferenceMetrics): Promise<void> {
  const latest = await readLatestDriftReport(pool, project);
  if (latest?.score != null) metrics.driftScore.set({ project }, latest.score);
}
