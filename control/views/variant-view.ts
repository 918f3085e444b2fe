import { z } from 'zod';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import { variantScore } from '../../core/experiment/variant-score.js';
import type { VariantSummary } from '../../core/experiment/variant-summary.js';

export const variantSchema = z
  .object({
    users: z.number(),
    requests: z.number(),
    errors: z.number(),
    error_rate: z.number().nullable(),
    mean_latency_ms: z.number().nullable(),
    p95_latency_ms: z.number().nullable(),
    ratings: z.number(),
    mean_rating: z.number().nullable(),
    rating_counts: z.array(z.number()).length(5).nullable().describe('How many ratings of 1, 2, 3, 4 and 5'),
    score: z.number().nullable().describe('Composite score of the decision rule, 0..1'),
    score_standard_error: z.number().nullable(),
  })
  .meta({ id: 'VariantReading' });

export type VariantView = z.input<typeof variantSchema>;

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** What one variant did, as a person reads it. */
export function variantView(variant: VariantSummary, rule: DecisionRule): VariantView {
  const score = variantScore(variant, rule);
  return {
    users: variant.users,
    requests: variant.requests,
    errors: variant.errors,
    error_rate: ratio(variant.errors, variant.requests + variant.errors),
    mean_latency_ms: ratio(variant.latencyMsSum, variant.requests),
    p95_latency_ms: variant.latencyP95Ms,
    ratings: variant.ratings,
    mean_rating: ratio(variant.ratingSum, variant.ratings),
    rating_counts: variant.ratingCounts ? [...variant.ratingCounts] : null,
    score: score?.score ?? null,
    score_standard_error: score?.variance == null ? null : Math.sqrt(score.variance),
  };
}
