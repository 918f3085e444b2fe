import type { Pool } from 'pg';
import type { StoredDriftReport } from '../../activities/ports.js';

export interface LatestDriftReport extends Omit<StoredDriftReport, 'id' | 'project' | 'report'> {
  readonly report: Readonly<Record<string, unknown>>;
}

/** The project's latest drift report, if there is one. */
export async function readLatestDriftReport(pool: Pool, project: string): Promise<LatestDriftReport | null> {
  const { rows } = await pool.query<LatestDriftReport>(
    `select model_version as "modelVersion", window_start as "windowStart", window_end as "windowEnd", rows, drifted, score,
            report, created_at as "createdAt"
     from drift_reports where project = $1 order by id desc limit 1`,
    [project],
  );
  return rows[0] ?? null;
}
