import type { VariantSummary } from '../../core/experiment/variant-summary.js';

type Sums = Omit<VariantSummary, 'latencyP95Ms' | 'moments'> & VariantSummary['moments'];
export type MomentsRow = Sums & { readonly variant: string };

/** What a variant without users adds up to. */
const NOBODY: Sums = {
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

/** One pass over rows of users: sums, and the second moments that the variance of the score needs, by variant. */
export const momentsOf = (users: string) => `
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

/** @param row of the variant; none while it has no users */
export function toSummary(
  row: MomentsRow | undefined,
  { latencyP95Ms, countsByStar }: { readonly latencyP95Ms: number | null; readonly countsByStar: boolean },
): VariantSummary {
  const { variant: _, rr, rm, mm, ll, ln, nn, rl, rn, ml, mn, ...counts } = { ...NOBODY, variant: '', ...row };
  return {
    ...counts,
    ratingCounts: countsByStar ? counts.ratingCounts : null,
    latencyP95Ms,
    moments: { rr, rm, mm, ll, ln, nn, rl, rn, ml, mn },
  };
}
