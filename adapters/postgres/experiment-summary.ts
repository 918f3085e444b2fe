import type { Pool } from 'pg';
import type { ExperimentSummary, RatingCounts, VariantSummary } from '../../core/experiment/variant-summary.js';

type MomentsRow = Record<
  | 'users'
  | 'requests'
  | 'errors'
  | 'latency_ms_sum'
  | 'latency_score_sum'
  | 'ratings'
  | 'rating_sum'
  | 'rating_square_sum'
  | 'rr'
  | 'rm'
  | 'mm'
  | 'll'
  | 'ln'
  | 'nn'
  | 'rl'
  | 'rn'
  | 'ml'
  | 'mn',
  number
> & { variant: 'production' | 'candidate' };

/** One pass over the users of the experiment: sums, and the second moments that the variance of the score needs. */
const MOMENTS = `
  select variant,
    count(*) filter (where requests > 0 or ratings > 0)::float8 as users,
    sum(requests)::float8 as requests, sum(errors)::float8 as errors,
    sum(latency_ms_sum) as latency_ms_sum, sum(latency_score_sum) as latency_score_sum,
    sum(ratings)::float8 as ratings, sum(rating_sum) as rating_sum, sum(rating_square_sum) as rating_square_sum,
    sum(rating_sum * rating_sum) as rr, sum(rating_sum * ratings) as rm, sum(ratings::float8 * ratings) as mm,
    sum(latency_score_sum * latency_score_sum) as ll, sum(latency_score_sum * requests) as ln,
    sum(requests::float8 * requests) as nn, sum(rating_sum * latency_score_sum) as rl,
    sum(rating_sum * requests) as rn, sum(ratings * latency_score_sum) as ml, sum(ratings::float8 * requests) as mn
  from experiment_users where experiment_id = $1 group by variant`;

const IN_BOTH = `
  select count(*)::float8 as users from experiment_users p join experiment_users c using (experiment_id, user_id)
  where experiment_id = $1 and p.variant = 'production' and c.variant = 'candidate' and p.requests > 0 and c.requests > 0`;

const TAIL = `
  select p.variant, percentile_cont(0.95) within group (order by p.latency_ms) as p95
  from predictions p join experiments e on e.id = p.experiment_id
  where p.experiment_id = $1 and p.created_at >= e.started_at and not p.shadow group by p.variant`;

const RATING_COUNTS = `
  select p.variant, (f.value #>> '{}')::int as rating, count(*)::float8 as times
  from predictions p join experiments e on e.id = p.experiment_id join feedback f on f.prediction_id = p.id
  where p.experiment_id = $1 and p.created_at >= e.started_at and not p.shadow
    and f.type = 'rating' and f.superseded_at is null
  group by 1, 2`;

export async function summarizeExperiment(pool: Pool, experimentId: number): Promise<ExperimentSummary> {
  const [moments, inBoth, tails, ratings] = await Promise.all([
    pool.query<MomentsRow>(MOMENTS, [experimentId]),
    pool.query<{ users: number }>(IN_BOTH, [experimentId]),
    pool.query<{ variant: string; p95: number }>(TAIL, [experimentId]),
    pool.query<{ variant: string; rating: number; times: number }>(RATING_COUNTS, [experimentId]),
  ]);

  function summary(variant: 'production' | 'candidate'): VariantSummary {
    const row = moments.rows.find((candidate) => candidate.variant === variant);
    const counts = [1, 2, 3, 4, 5].map(
      (value) => ratings.rows.find((r) => r.variant === variant && r.rating === value)?.times ?? 0,
    );
    return {
      users: row?.users ?? 0,
      requests: row?.requests ?? 0,
      errors: row?.errors ?? 0,
      latencyMsSum: row?.latency_ms_sum ?? 0,
      latencyScoreSum: row?.latency_score_sum ?? 0,
      ratings: row?.ratings ?? 0,
      ratingSum: row?.rating_sum ?? 0,
      ratingSquareSum: row?.rating_square_sum ?? 0,
      ratingCounts: counts as unknown as RatingCounts,
      latencyP95Ms: tails.rows.find((tail) => tail.variant === variant)?.p95 ?? null,
      moments: {
        rr: row?.rr ?? 0,
        rm: row?.rm ?? 0,
        mm: row?.mm ?? 0,
        ll: row?.ll ?? 0,
        ln: row?.ln ?? 0,
        nn: row?.nn ?? 0,
        rl: row?.rl ?? 0,
        rn: row?.rn ?? 0,
        ml: row?.ml ?? 0,
        mn: row?.mn ?? 0,
      },
    };
  }

  return {
    production: summary('production'),
    candidate: summary('candidate'),
    usersInBoth: inBoth.rows[0]?.users ?? 0,
  };
}
