import type { DecisionRule } from './decision-rule.js';
import type { JudgedBy } from './judged-by.js';
import type { VariantSummary } from './variant-summary.js';
import { formatCounted } from './wording.js';

/**
 * What each variant lacks to the minimum of any decision, in words ("the candidate has 12 of 50 requests"); null when
 * nothing is missing.
 */
export function dataShortage(
  production: VariantSummary,
  candidate: VariantSummary,
  rule: Pick<DecisionRule, 'minRequests' | 'minRatings'>,
  judgedBy?: JudgedBy,
): string | null {
  const lacks: string[] = [];
  for (const [name, variant] of [['production', production] as const, ['the candidate', candidate] as const]) {
    if (variant.requests < rule.minRequests)
      lacks.push(`${name} has ${variant.requests} of ${rule.minRequests} requests`);
    if (variant.ratings < rule.minRatings)
      lacks.push(`${name} has ${variant.ratings} of ${rule.minRatings} ${formatCounted(judgedBy)}`);
  }
  return lacks.length > 0 ? lacks.join(', ') : null;
}
