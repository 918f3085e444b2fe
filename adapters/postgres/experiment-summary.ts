import type { Pool } from 'pg';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import { type BucketCount, latencyQuantile } from '../../core/experiment/latency-buckets.js';
import type { SuccessMetric } from '../../core/experiment/success-metric.js';
import type { ExperimentSummary, VariantSummary } from '../../core/experiment/variant-summary.js';
import { metricUsers } from './metric-users.js';

type MomentsRow = Omit<VariantSummary, 'latencyP95Ms' | 'moments'> &
  VariantSummary['moments'] & { variant: 'production' | 'candidate' };

/** What a variant without users adds up to. */
const NOBODY: Omit<MomentsRow, 'variant'> = {
  users: 0,
  requests: 0,
  errors: 0,
  latencyMsSum: 0,
  latencyScoreSum: 0,
  ratings: 0,
  ratingSum: 0,
  ratingSquareSum: 0,
  ratingCounts: [0, 0, 0, 0, 0],
  ...{ rr: 0, rm: 0, mm: 0, ll: 0, ln: 0, nn: 0, rl: 0, rn: 0, ml: 0, mn: 0 },
};

/** One pass over the users of the experiment: sums, and the second moments that the variance of the score needs. */
const moments = (users: string) => `
  select variant,
    count(*) filter (where requests > 0 or ratings > 0)::float8 as users,
    sum(requests)::float8 as requests, sum(errors)::float8 as errors,
    sum(latency_ms_sum) as "latencyMsSum", sum(latency_score_sum) as "latencyScoreSum",
    sum(ratings)::float8 as ratings, sum(rating_sum) as "ratingSum", sum(rating_square_sum) as "ratingSquareSum",
    array[sum(rating_counts[1]), sum(rating_counts[2]), sum(rating_counts[3]), sum(rating_counts[4]),
      sum(rating_counts[5])]::float8[] as "ratingCounts",
    sum(rating_sum * rating_sum) as rr, sum(rating_sum * ratings) as rm, sum(ratings::float8 * ratings) as mm,
    sum(latency_score_sum * latency_score_sum) as ll, sum(latency_score_sum * requests) as ln,
    sum(requests::float8 * requests) as nn, sum(rating_sum * latency_score_sum) as rl,
    sum(rating_sum * requests) as rn, sum(ratings * latency_score_sum) as ml, sum(ratings::float8 * requests) as mn
  from (${users}) users group by variant`;

const IN_BOTH = `
  select count(*)::float8 as users from experiment_users p join experiment_users c using (experiment_id, user_id)
  where experiment_id = $1 and p.variant = 'production' and c.variant = 'candidate' and p.requests > 0 and c.requests > 0`;

const LATENCIES =
  'select variant, bucket, requests::float8 as requests from experiment_latency where experiment_id = $1';

interface Summarized {
  readonly id: number;
  readonly metric: SuccessMetric;
  readonly rule: Pick<DecisionRule, 'latencyBudgetMs'>;
}

export async function summarizeExperiment(pool: Pool, { id, metric, rule }: Summarized): Promise<ExperimentSummary> {
  const sumUp = {
    text: moments(metricUsers(metric)),
    values: metric === 'error_rate' ? [id, rule.latencyBudgetMs] : [id],
  };
  const [sums, inBoth, latencies] = await Promise.all([
    pool.query<MomentsRow>(sumUp),
    pool.query<{ users: number }>(IN_BOTH, [id]),
    pool.query<BucketCount & { variant: string }>(LATENCIES, [id]),
  ]);

  function summary(variant: 'production' | 'candidate'): VariantSummary {
    const row = sums.rows.find((candidate) => candidate.variant === variant);
    const { variant: _variant, rr, rm, mm, ll, ln, nn, rl, rn, ml, mn, ...counts } = { ...NOBODY, variant, ...row };
    return {
      ...counts,
      // accuracies are no whole stars
      ratingCounts: metric === 'accuracy' ? null : counts.ratingCounts,
      latencyP95Ms: latencyQuantile(
        latencies.rows.filter((count) => count.variant === variant),
        0.95,
      ),
      moments: { rr, rm, mm, ll, ln, nn, rl, rn, ml, mn },
    };
  }

  return {
    production: summary('production'),
    candidate: summary('candidate'),
    usersInBoth: inBoth.rows[0]?.users ?? 0,
  };
}
