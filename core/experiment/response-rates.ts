import { chiSquareTail } from '../stats/chi-square-tail.js';
import type { VariantSummary } from './variant-summary.js';

/** Ratings per answered request of each variant, and whether they differ. */
export interface ResponseRates {
  readonly production: number | null;
  readonly candidate: number | null;
  /** χ² with one degree of freedom; null while either variant cannot be judged. */
  readonly pValue: number | null;
}

/**
 * Do the two variants' answers get rated equally often? If not, the raters differ and their ratings do not compare.
 * Pearson's χ² of rated/not rated by variant, with the variance taken over users, so that one user who rates everything does not
 * look like many who rate; with one request a user it is the plain χ².
 */
export function responseRates(production: VariantSummary, candidate: VariantSummary): ResponseRates {
  const rate = (variant: VariantSummary) => (variant.requests > 0 ? variant.ratings / variant.requests : null);
  const [p, c] = [rate(production), rate(candidate)];
  const requests = production.requests + candidate.requests;
  if (p === null || c === null || production.users < 2 || candidate.users < 2) {
    return { production: p, candidate: c, pValue: null };
  }
  const pooled = (production.ratings + candidate.ratings) / requests;
  const variance = [production, candidate].reduce((sum, { moments, requests: n }) => {
    return sum + (moments.mm - 2 * pooled * moments.mn + pooled ** 2 * moments.nn) / n ** 2;
  }, 0);
  const difference = c - p;
  const pValue = variance > 0 ? chiSquareTail(difference ** 2 / variance, 1) : difference === 0 ? 1 : 0;
  return { production: p, candidate: c, pValue };
}
