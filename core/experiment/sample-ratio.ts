import { chiSquareFit } from '../stats/chi-square-fit.js';
import { sequentialMultinomialP } from '../stats/sequential-multinomial.js';
import type { DecisionRule } from './decision-rule.js';

/** Whether users were split as the weights say. */
export interface SampleRatioReading {
  readonly mismatch: boolean;
  /** Candidate's share of users minus its weight, absolute, 0..1; null when nothing can be compared. */
  readonly deviation: number | null;
  /** χ² of this one look. */
  readonly pValue: number | null;
  /** Sequential p-value, never above that of the previous look. */
  readonly sequentialPValue: number;
}

/**
 * Sample-ratio mismatch: fewer users on one side than its weight promises mean that something between the split and the
 * count loses or moves users, and no mean can be trusted. χ² of this look, and the sequential form that hourly looks cannot inflate.
 *
 * @param users of each variant
 * @param candidateWeightPercent of the split in force; at 0 or 100 there is nothing to check
 * @param previousPValue sequential p-value of the look before, 1 at the first
 * @see Fabijan et al. 2019, "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments"
 */
export function sampleRatio(
  users: { readonly production: number; readonly candidate: number },
  candidateWeightPercent: number,
  previousPValue: number,
  validity: DecisionRule['validity'],
): SampleRatioReading {
  const total = users.production + users.candidate;
  if (total === 0 || candidateWeightPercent <= 0 || candidateWeightPercent >= 100) {
    return { mismatch: false, deviation: null, pValue: null, sequentialPValue: previousPValue };
  }
  const counts = [users.production, users.candidate];
  const weights = [100 - candidateWeightPercent, candidateWeightPercent];
  const { pValue } = chiSquareFit(counts, weights);
  const sequential = Math.min(previousPValue, sequentialMultinomialP(counts, weights, validity.concentration));
  const deviation = Math.abs(users.candidate / total - candidateWeightPercent / 100);
  const large = Math.min(...counts) >= validity.minUsers && deviation >= validity.minDeviation;
  const unlikely = pValue < validity.alpha || sequential < validity.alpha;
  return { mismatch: large && unlikely, deviation, pValue, sequentialPValue: sequential };
}
