import type { Pool } from 'pg';
import type { AlertMetric } from './alert-store.js';

/** Newest requests that a percentile is made of: a look costs the same on the busiest day. */
const MOST_LATENCIES = 50_000;

/** What the production model of a project did since a time; each gives one number, null where there was nothing. */
const READINGS: Readonly<Record<AlertMetric, string>> = {
  drift_score:
    'select score as value from drift_reports where project = $1 and created_at >= $2 order by created_at desc limit 1',
  mean_rating: `select avg((value #>> '{}')::float8) as value from feedback
    where project = $1 and created_at >= $2 and type = 'rating' and variant = 'production' and superseded_at is null`,
  mean_absolute_error: `select avg(abs(prediction - (value #>> '{}')::float8)) as value from feedback
    where project = $1 and created_at >= $2 and type = 'actual_price' and variant = 'production' and superseded_at is null`,
  p95_latency_ms: `select percentile_cont(0.95) within group (order by latency_ms) as value from (
      select latency_ms from predictions where project = $1 and created_at >= $2 and variant = 'production' and not shadow
      order by created_at desc, id desc limit ${MOST_LATENCIES}) newest`,
  requests: `select count(*)::float8 as value from predictions
    where project = $1 and created_at >= $2 and variant = 'production' and not shadow`,
};

export async function readAlertMetric(
  pool: Pool,
  metric: AlertMetric,
  project: string,
  since: Date,
): Promise<number | null> {
  const { rows } = await pool.query<{ value: number | null }>(READINGS[metric], [project, since]);
  return rows[0]?.value ?? null;
}
