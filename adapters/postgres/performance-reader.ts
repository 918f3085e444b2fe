import type { Pool } from 'pg';

/** What one model version did in one hour of a variant. */
export interface HourOfPredictions {
  readonly hour: Date;
  readonly variant: string;
  readonly modelVersion: string;
  readonly requests: number;
  readonly users: number;
  readonly meanLatencyMs: number;
  readonly p50LatencyMs: number;
  readonly p95LatencyMs: number;
  readonly p99LatencyMs: number;
  readonly meanPrediction: number;
}

/** What people said about one model version's predictions. */
export interface FeedbackTotals {
  readonly variant: string;
  readonly modelVersion: string;
  readonly ratings: number;
  readonly meanRating: number | null;
  readonly actuals: number;
  /** Mean of |predicted − actual|, in the unit of the target. */
  readonly meanAbsoluteError: number | null;
  /** True classes told. */
  readonly actualClasses: number;
  /** Share of them that had been predicted, 0..1. */
  readonly shareRight: number | null;
  readonly comments: number;
}

/** Shadow copies answer nobody: they are not part of how the service did. */
export async function readHours(pool: Pool, project: string, from: Date, to: Date): Promise<HourOfPredictions[]> {
  const { rows } = await pool.query<HourOfPredictions>(
    `select date_trunc('hour', created_at) as "hour", variant, model_version as "modelVersion",
       count(*)::float8 as requests, count(distinct user_id)::float8 as users, avg(latency_ms)::float8 as "meanLatencyMs",
       percentile_cont(0.5) within group (order by latency_ms) as "p50LatencyMs",
       percentile_cont(0.95) within group (order by latency_ms) as "p95LatencyMs",
       percentile_cont(0.99) within group (order by latency_ms) as "p99LatencyMs",
       avg(prediction)::float8 as "meanPrediction"
     from predictions where project = $1 and created_at >= $2 and created_at < $3 and not shadow
     group by 1, 2, 3 order by 1, 2, 3`,
    [project, from, to],
  );
  return rows;
}

/** @param classes of the target in the order of their numbers; none where a number is predicted */
export async function readFeedbackTotals(
  pool: Pool,
  project: string,
  from: Date,
  to: Date,
  classes: readonly string[],
): Promise<FeedbackTotals[]> {
  const { rows } = await pool.query<FeedbackTotals>(
    `select variant, model_version as "modelVersion",
       count(*) filter (where type = 'rating')::float8 as ratings,
       (avg((value #>> '{}')::float8) filter (where type = 'rating')) as "meanRating",
       count(*) filter (where type = 'actual_price')::float8 as actuals,
       (avg(abs(prediction - (value #>> '{}')::float8)) filter (where type = 'actual_price')) as "meanAbsoluteError",
       count(*) filter (where type = 'actual_class')::float8 as "actualClasses",
       (avg((value #>> '{}' = ($4::text[])[prediction::int + 1])::int::float8) filter (where type = 'actual_class')) as "shareRight",
       count(*) filter (where type = 'comment')::float8 as comments
     from feedback where project = $1 and created_at >= $2 and created_at < $3 and superseded_at is null
     group by 1, 2 order by 1, 2`,
    [project, from, to, classes],
  );
  return rows;
}
