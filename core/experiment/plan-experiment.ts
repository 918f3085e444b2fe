import { InvalidInputError } from '../errors.js';
import { detectableDifference, sampleSizeForMeans } from '../stats/power-means.js';
import type { DecisionRule } from './decision-rule.js';
import { RATING_MAX } from './variant-summary.js';

/** What is known, or assumed, of the people and the split. */
export interface PlannedTraffic {
  /** Share of users that sees the candidate, percent, (0, 100). */
  readonly candidateWeightPercent: number;
  /** Production's mean rating, 1..5. */
  readonly meanRating?: number;
  /** Standard deviation of single ratings, points. */
  readonly ratingDeviation?: number;
  /** Production's mean latency, milliseconds. */
  readonly meanLatencyMs?: number;
  /** Ratings that one user gives during the experiment, on average. */
  readonly ratingsPerUser?: number;
  /** New users of both variants an hour, when known. */
  readonly usersPerHour?: number;
}

export interface ExperimentPlan {
  /** The score's change that is looked for, over production's score. */
  readonly effectRatio: number;
  /** The same as a difference of mean ratings, points, latency being equal. */
  readonly ratingDifference: number;
  readonly candidateRatings: number;
  readonly productionRatings: number;
  /** Users of both variants. */
  readonly users: number;
  /** Null without the traffic. */
  readonly hours: number | null;
}

/** One-sided error probability and power of a plan. */
export interface PlannedErrors {
  readonly alpha?: number;
  readonly power?: number;
}

function settle(traffic: PlannedTraffic, rule: DecisionRule) {
  const { meanRating = 3.6, ratingDeviation = 1.1, meanLatencyMs = 250, ratingsPerUser = 0.3 } = traffic;
  const weight = traffic.candidateWeightPercent / 100;
  if (!(weight > 0 && weight < 1)) {
    throw new InvalidInputError(`candidateWeightPercent must lie in (0, 100), got ${traffic.candidateWeightPercent}`);
  }
  if (!(meanRating >= 1 && meanRating <= RATING_MAX && ratingsPerUser > 0)) {
    throw new InvalidInputError(
      `meanRating must lie in 1..${RATING_MAX} and ratingsPerUser above 0, got ${meanRating} and ${ratingsPerUser}`,
    );
  }
  if (rule.ratingWeight === 0) throw new InvalidInputError('a plan in ratings needs a rule in which ratings count');
  const perPoint = rule.ratingWeight / RATING_MAX;
  const latencyScore = Math.max(0, (rule.latencyBudgetMs - meanLatencyMs) / rule.latencyBudgetMs);
  const score = perPoint * meanRating + rule.latencyWeight * latencyScore;
  return { weight, perPoint, score, ratingsPerUser, standardDeviation: ratingDeviation, ratio: (1 - weight) / weight };
}

/**
 * Ratings, users and hours to see a change of the score with this power at one look, all of the change being in the ratings (the noisier
 * part). The sequence that may be looked at hourly needs about as many at its median, and up to twice as many.
 *
 * @param effectRatio change of the score over production's: 0.05 = 5 % better
 * @throws {InvalidInputError} if a number is outside its range, or ratings do not count in the rule
 */
export function planExperiment(
  effectRatio: number,
  traffic: PlannedTraffic,
  rule: DecisionRule,
  { alpha = rule.alpha, power = 0.8 }: PlannedErrors = {},
): ExperimentPlan {
  const { weight, perPoint, score, ratingsPerUser, standardDeviation, ratio } = settle(traffic, rule);
  const ratingDifference = (effectRatio * score) / perPoint;
  const design = { standardDeviation, ratio, alpha, twoSided: false };
  const candidateRatings = Math.ceil(sampleSizeForMeans(ratingDifference, power, design));
  const users = Math.ceil(candidateRatings / weight / ratingsPerUser);
  return {
    effectRatio,
    ratingDifference,
    candidateRatings,
    productionRatings: Math.ceil(candidateRatings * ratio),
    users,
    hours: traffic.usersPerHour !== undefined && traffic.usersPerHour > 0 ? users / traffic.usersPerHour : null,
  };
}

/** The other way round: the smallest change of the score, over production's, that this many candidate ratings show. */
export function detectableEffect(
  candidateRatings: number,
  traffic: PlannedTraffic,
  rule: DecisionRule,
  { alpha = rule.alpha, power = 0.8 }: PlannedErrors = {},
): number {
  const { perPoint, score, standardDeviation, ratio } = settle(traffic, rule);
  const difference = detectableDifference(candidateRatings, power, {
    standardDeviation,
    ratio,
    alpha,
    twoSided: false,
  });
  return (difference * perPoint) / score;
}
