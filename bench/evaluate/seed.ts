import type { Pool } from 'pg';
import { latencyBucket } from '../../core/experiment/latency-buckets.js';

export interface Size {
  readonly users: number;
  readonly requests: number;
}

const SCORED = '(5000 - 20 * (0.5 + random()))::float8 / 5000';

/**
 * Users as the prediction path counts them: each some requests around the mean, a third of them with ratings, a fifth of them
 * with the candidate; latencies spread over the buckets of 5 to 60 ms.
 */
export async function seedExperiment(pool: Pool, experimentId: number, { users, requests }: Size): Promise<void> {
  const mean = requests / users;
  await pool.query(
    `insert into experiment_users
       (experiment_id, variant, user_id, requests, latency_ms_sum, latency_score_sum, ratings, rating_sum, rating_square_sum, rating_counts)
     select $1, case when i % 5 = 0 then 'candidate' else 'production' end, 'user-' || md5(i::text), n, 20.0 * n, n * ${SCORED},
       m, 4.0 * m, 16.0 * m, array[0, 0, 0, m, 0]
     from (select i, n, case when i % 3 = 0 then 1 + i % 4 else 0 end as m
           from (select i, ceil($3::float8 * (0.5 + (i % 1000) / 999.0))::int as n from generate_series(1, $2::int) i) a) b`,
    [experimentId, users, mean],
  );
  const [first, last] = [latencyBucket(5), latencyBucket(60)];
  await pool.query(
    `insert into experiment_latency (experiment_id, variant, bucket, writer, requests)
     select $1, v.variant, b, w, greatest(1, v.requests / (32 * ($4 - $3 + 1)))::bigint
     from (values ('production', 0.8 * $2::float8), ('candidate', 0.2 * $2::float8)) v (variant, requests),
       generate_series($3::int, $4::int) b, generate_series(0, 31) w`,
    [experimentId, requests, first, last],
  );
}

/** The last minutes of a busy service: what the watch between the hourly looks reads. */
export async function seedRecent(pool: Pool, project: string, experimentId: number, rows: number): Promise<void> {
  await pool.query(
    `insert into predictions (id, project, model_version, variant, assigned_variant, experiment_id, user_id, input, prediction, latency_ms, created_at)
     select i, $1, case when i % 5 = 0 then 'CO1' else 'BO1' end, v, v, $2, 'user-' || i, '{"total_sqft":1200}', 50, 5 + random() * 30,
       now() - interval '1 hour' * (i::float8 / $3)
     from (select i, case when i % 5 = 0 then 'candidate' else 'production' end as v from generate_series(1, $3::int) i) a`,
    [project, experimentId, rows],
  );
}
