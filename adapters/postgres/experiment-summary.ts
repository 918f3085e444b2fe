import type { Pool } from 'pg';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import { type BucketCount, latencyQuantile } from '../../core/experiment/latency-buckets.js';
import type { SuccessMetric } from '../../core/experiment/success-metric.js';
import type { ExperimentSummary, VariantSummary } from '../../core/experiment/variant-summary.js';
import { metricUsers } from './metric-users.js';
import { type MomentsRow, momentsOf, toSummary } from './moments.js';

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

/** The counts of both variants since the clock began, with the experiment's metric in the place that the policies read. */
export async function summarizeExperiment(pool: Pool, { id, metric, rule }: Summarized): Promise<ExperimentSummary> {
  const values = metric === 'error_rate' ? [id, rule.latencyBudgetMs] : [id];
  const [sums, inBoth, latencies] = await Promise.all([
    pool.query<MomentsRow>(momentsOf(metricUsers(metric)), values),
    pool.query<{ users: number }>(IN_BOTH, [id]),
    pool.query<BucketCount & { variant: string }>(LATENCIES, [id]),
  ]);
  const summary = (variant: 'production' | 'candidate'): VariantSummary => {
    const spread = latencies.rows.filter((count) => count.variant === variant);
    return toSummary(
      sums.rows.find((row) => row.variant === variant),
      // accuracies are no whole stars
      { latencyP95Ms: latencyQuantile(spread, 0.95), countsByStar: metric !== 'accuracy' },
    );
  };
  return {
    production: summary('production'),
    candidate: summary('candidate'),
    usersInBoth: inBoth.rows[0]?.users ?? 0,
  };
}
