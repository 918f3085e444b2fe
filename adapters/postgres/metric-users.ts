import type { SuccessMetric } from '../../core/experiment/success-metric.js';

const AS_THEY_ARE = 'select * from experiment_users where experiment_id = $1';

/** core/experiment/success-metric.ts `totalsForMetric`, in SQL: outcomes in the place of latency scores. */
const BY_OUTCOME = `
  select variant, user_id, requests + errors as requests, errors * $2::float8 as latency_ms_sum,
    requests::float8 as latency_score_sum, 0 as ratings, 0::float8 as rating_sum, 0::float8 as rating_square_sum,
    '{0,0,0,0,0}'::integer[] as rating_counts, 0 as errors
  from experiment_users where experiment_id = $1`;

/** Likewise: accuracies, on the scale of ratings, in their place. What was told before the clock began does not count. */
const BY_ACCURACY = `
  with told as (
    select p.variant, p.user_id,
      greatest(0, 1 - abs(f.prediction - (f.value #>> '{}')::float8) / abs((f.value #>> '{}')::float8)) as accuracy
    from experiments e
    join feedback f on f.project = e.project and f.type = 'actual_price' and f.superseded_at is null
      and f.created_at >= e.started_at
    join predictions p on p.id = f.prediction_id and p.experiment_id = e.id and p.created_at >= e.started_at
    where e.id = $1 and not p.shadow and p.user_id is not null
      and (p.assigned_variant is null or p.assigned_variant = p.variant)
  ), sums as (
    select variant, user_id, count(*)::int as n, sum(accuracy) as s, sum(accuracy * accuracy) as ss from told group by 1, 2)
  select u.variant, u.user_id, u.requests, u.latency_ms_sum, u.latency_score_sum, coalesce(n, 0) as ratings,
    5 * coalesce(s, 0) as rating_sum, 25 * coalesce(ss, 0) as rating_square_sum, null::integer[] as rating_counts, u.errors
  from experiment_users u left join sums using (variant, user_id) where u.experiment_id = $1`;

/**
 * The rows that an experiment on this metric is summed up from; $1 is the experiment, and only for `error_rate` $2 is the
 * latency budget.
 */
export function metricUsers(metric: SuccessMetric): string {
  if (metric === 'accuracy') return BY_ACCURACY;
  if (metric === 'error_rate') return BY_OUTCOME;
  return AS_THEY_ARE;
}
