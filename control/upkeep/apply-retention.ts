import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ObjectStore } from '../../activities/ports.js';
import { applyRetention, forgetBatchJob, oldBatchJobs, type Retention } from '../../adapters/postgres/retention.js';
import { transaction } from '../../adapters/postgres/transaction.js';

const EVERY_MS = 60 * 60_000;
const JOBS_A_ROUND = 1_000;

interface RetentionDeps {
  readonly pool: Pool;
  readonly objects: Pick<ObjectStore, 'deletePrefix'>;
  readonly logger: Logger;
}

/** Deletes what is older than it may be kept; of several control services one does it. @returns rows deleted, by table */
export async function retainOnce({ pool, objects }: RetentionDeps, keep: Retention): Promise<Record<string, number>> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(
      "select pg_try_advisory_xact_lock(hashtext('retention')) as mine",
    );
    if (!rows[0]?.mine) return {};
    const deleted = await applyRetention(pool, keep);
    if (!keep.batchDays) return deleted;
    const old = await oldBatchJobs(pool, keep.batchDays, JOBS_A_ROUND);
    for (const { id, resultKey, errorsKey } of old) {
      // files first: a job that is forgotten can no longer say where they are
      for (const key of [resultKey, errorsKey]) if (key) await objects.deletePrefix(key);
      await forgetBatchJob(pool, id);
    }
    return { ...deleted, batch_jobs: old.length };
  });
}

/** Does so now and every hour. @returns a function that ends it */
export function watchRetention(deps: RetentionDeps, keep: Retention): () => void {
  if (!Object.values(keep).some((days) => days !== undefined)) return () => {};
  const round = async () => {
    try {
      const deleted = await retainOnce(deps, keep);
      if (Object.values(deleted).some((count) => count > 0))
        deps.logger.info({ deleted }, 'rows past their time deleted');
    } catch (error) {
      deps.logger.warn({ err: error }, 'retention failed: tried again in an hour');
    }
  };
  const timer = setInterval(round, EVERY_MS);
  void round();
  return () => clearInterval(timer);
}
