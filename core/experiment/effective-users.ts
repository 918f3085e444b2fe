import type { DecisionRule } from './decision-rule.js';
import type { VariantSummary } from './variant-summary.js';

/**
 * How many users who contribute equally would weigh as much as these: (Σm)²/Σm² over their ratings, over their requests where
 * ratings do not count. Thirty people with one rating each are 30; add one who rates a thousand times and they are 1.06,
 * because the mean is then that one's opinion and no variance over users can be trusted.
 *
 * @see Kish 1965, "Survey Sampling", the effective sample size
 */
export function effectiveUsers(variant: VariantSummary, rule: Pick<DecisionRule, 'ratingWeight'>): number {
  const [sum, squares] =
    rule.ratingWeight > 0 ? [variant.ratings, variant.moments.mm] : [variant.requests, variant.moments.nn];
  return squares > 0 ? sum ** 2 / squares : 0;
}
