import type { Pool } from 'pg';
import { batchJobList } from './batch-job-store.js';

/** Days that rows are kept; undefined keeps them for ever. */
export interface Retention {
  readonly feedbackDays?: number | undefined;
  readonly notificationDays?: number | undefined;
  readonly batchDays?: number | undefined;
}

const BLOCK = 10_000;

async function deleteOlder(pool: Pool, table: string, days: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `delete from ${table} where id in (
         select id from ${table} where created_at < now() - make_interval(days => $1) order by created_at limit ${BLOCK}
       )`,
      [days],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < BLOCK) return deleted;
  }
}

/** Rows deleted, by table. */
export async function applyRetention(pool: Pool, keep: Retention): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {};
  if (keep.feedbackDays) deleted.feedback = await deleteOlder(pool, 'feedback', keep.feedbackDays);
  if (keep.notificationDays) {
    deleted.notification_deliveries = await deleteOlder(pool, 'notification_deliveries', keep.notificationDays);
  }
  return deleted;
}

/** Ended batch jobs that are older: their files go first, then `forgetBatchJob`. */
export async function oldBatchJobs(pool: Pool, days: number, limit: number) {
  const { rows } = await pool.query<Parameters<typeof batchJobList.map>[0]>(
    `select * from batch_jobs where state <> 'running' and created_at < now() - make_interval(days => $1)
     order by created_at limit $2`,
    [days, limit],
  );
  return rows.map(batchJobList.map);
}

export async function forgetBatchJob(pool: Pool, id: string): Promise<void> {
  await pool.query('delete from batch_jobs where id = $1', [id]);
}
