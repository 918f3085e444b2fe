import type { Pool } from 'pg';
import type { DriftStore, StoredDriftReport } from '../../activities/ports.js';

export interface DriftRow {
  id: number;
  project: string;
  model_version: string;
  window_start: Date;
  window_end: Date;
  rows: number;
  drifted: boolean;
  score: number | null;
  report: unknown;
  created_at: Date;
}

export function toReport(row: DriftRow): StoredDriftReport {
  return {
    id: row.id,
    project: row.project,
    modelVersion: row.model_version,
    windowStart: row.window_start,
    windowEnd: row.window_end,
    rows: row.rows,
    drifted: row.drifted,
    score: row.score,
    report: row.report,
    createdAt: row.created_at,
  };
}

export function createDriftStore(pool: Pool): DriftStore {
  return {
    async record(report, idempotencyKey) {
      const { rows } = await pool.query<DriftRow>(
        `insert into drift_reports (project, model_version, window_start, window_end, rows, drifted, score, report, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (idempotency_key) do update set idempotency_key = excluded.idempotency_key
         returning *`,
        [
          report.project,
          report.modelVersion,
          report.windowStart,
          report.windowEnd,
          report.rows,
          report.drifted,
          report.score,
          report.report,
          idempotencyKey,
        ],
      );
      return toReport(rows[0]!);
    },

    async list(project, { limit, beforeId }) {
      const { rows } = await pool.query<DriftRow>(
        'select * from drift_reports where project = $1 and id < coalesce($2, 9007199254740991) order by id desc limit $3',
        [project, beforeId ?? null, limit],
      );
      return rows.map(toReport);
    },
  };
}
