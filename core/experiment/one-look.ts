import { chiSquareContingency } from '../stats/chi-square-contingency.js';
import { groupCounts } from '../stats/grouped-sample.js';
import { hodgesLehmann, type ShiftEstimate } from '../stats/hodges-lehmann.js';
import { type MannWhitneyResult, mannWhitney } from '../stats/mann-whitney.js';
import { momentsFromSums } from '../stats/sample-moments.js';
import { normalCdf, normalQuantile } from '../stats/standard-normal.js';
import type { ChiSquareResult } from '../stats/test-result.js';
import { type WelchResult, welchT } from '../stats/welch-t.js';
import type { DecisionRule } from './decision-rule.js';
import { variantScore } from './variant-score.js';
import type { ExperimentSummary, VariantSummary } from './variant-summary.js';

/**
 * Readings that are right if one looks once. Looked at hourly until one of them pleases, they mislead; they explain a decision and never
 * make one. Null where there is too little to read.
 */
export interface OneLook {
  /** Mean ratings. */
  readonly welch: WelchResult | null;
  /** Ratings as ranks. */
  readonly mannWhitney: MannWhitneyResult | null;
  /** Shift of the ratings, points. */
  readonly shift: ShiftEstimate | null;
  /** Shares of the ratings 1..5. */
  readonly ratings: Pick<ChiSquareResult, 'statistic' | 'df' | 'pValue'> | null;
  readonly score: {
    readonly effect: number;
    /** 95 % interval of one look. */
    readonly low: number;
    readonly high: number;
    /** P(candidate's score > production's), with no opinion beforehand. */
    readonly probabilityToBeat: number;
    /** Probability that one look now would show a candidate on the promote line to be better. */
    readonly power: number;
    /** Smallest true difference of scores that one look now shows with 80 %. */
    readonly detectableEffect: number;
  } | null;
}

const VALUES = [1, 2, 3, 4, 5];

function ranks({ production, candidate }: ExperimentSummary): Pick<OneLook, 'mannWhitney' | 'shift' | 'ratings'> {
  const [p, c] = [production.ratingCounts, candidate.ratingCounts];
  if (p === null || c === null || production.ratings === 0 || candidate.ratings === 0) {
    return { mannWhitney: null, shift: null, ratings: null };
  }
  // what is no whole number of stars has no place among the counts
  const counted = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  if (counted(p) !== production.ratings || counted(c) !== candidate.ratings) {
    return { mannWhitney: null, shift: null, ratings: null };
  }
  const [reference, current] = [groupCounts(VALUES, p), groupCounts(VALUES, c)];
  const { statistic, df, pValue } = chiSquareContingency([p, c]);
  return {
    mannWhitney: mannWhitney(reference, current),
    shift: hodgesLehmann(reference, current),
    ratings: { statistic, df, pValue },
  };
}

function welch({ production, candidate }: ExperimentSummary): WelchResult | null {
  if (production.ratings < 2 || candidate.ratings < 2) return null;
  const moments = ({ ratings, ratingSum, ratingSquareSum }: VariantSummary) =>
    momentsFromSums(ratings, ratingSum, ratingSquareSum);
  const [reference, current] = [moments(production), moments(candidate)];
  return reference.variance === 0 && current.variance === 0 ? null : welchT(reference, current);
}

function score({ production, candidate }: ExperimentSummary, rule: DecisionRule): OneLook['score'] {
  const [p, c] = [variantScore(production, rule), variantScore(candidate, rule)];
  if (p === null || c === null || p.variance === null || c.variance === null) return null;
  const standardError = Math.sqrt(p.variance + c.variance);
  if (standardError === 0) return null;
  const effect = c.score - p.score;
  const critical = normalQuantile(1 - rule.alpha);
  const lookedFor = (rule.promoteRatio - 1) * p.score;
  return {
    effect,
    low: effect - normalQuantile(0.975) * standardError,
    high: effect + normalQuantile(0.975) * standardError,
    probabilityToBeat: normalCdf(effect / standardError),
    power: normalCdf(lookedFor / standardError - critical),
    detectableEffect: (critical + normalQuantile(0.8)) * standardError,
  };
}

/** The classical readings of a summary, for people; see {@link OneLook} for what they are not. */
export function describeOneLook(summary: ExperimentSummary, rule: DecisionRule): OneLook {
  return { welch: welch(summary), ...ranks(summary), score: score(summary, rule) };
}
