import { sampleSizeForMeans } from '../stats/power-means.js';
import type { DecisionRule } from './decision-rule.js';
import { RATING_MAX } from './variant-summary.js';

/** What is known, or assumed, of the traffic when an experiment starts. */
export interface ExpectedTraffic {
  /** Share of users that sees the candidate, percent, (0, 100). */
  readonly candidateWeightPercent: number;
  /** Ratings that one user gives in an experiment, on average. */
  readonly ratingsPerUser?: number;
  /** Production's mean rating, 1..5. */
  readonly meanRating?: number;
  /** Standard deviation of single ratings. */
  readonly ratingDeviation?: number;
  /** Users of both variants a day, when known: no experiment sees more than its age allows. */
  readonly usersPerDay?: number;
}

/**
 * N*: users of both variants at which a candidate on the promote line would be seen with 80 % power. The confidence sequence is narrowest
 * there; a guess off by a factor of three widens it by some percent, so the defaults serve until a project knows better.
 *
 * @returns whole users, ≥ 100
 * @throws {InvalidInputError} if the weight or a number is outside its range
 */
export function expectedUsers(traffic: ExpectedTraffic, rule: DecisionRule): number {
  const { ratingsPerUser = 0.3, meanRating = 3.6, ratingDeviation = 1.1 } = traffic;
  const weight = Math.min(0.99, Math.max(0.01, traffic.candidateWeightPercent / 100));
  const latencyPart = rule.latencyWeight * 0.95;
  const score = (rule.ratingWeight * meanRating) / RATING_MAX + latencyPart;
  const effect = Math.max(0.01, rule.promoteRatio - 1) * score;
  // all of the effect is looked for in the ratings, the noisier part; without them, in the latency score
  const perPoint = rule.ratingWeight > 0 ? rule.ratingWeight / RATING_MAX : rule.latencyWeight;
  const deviation = rule.ratingWeight > 0 ? ratingDeviation : 0.1;
  const observations = sampleSizeForMeans(effect / perPoint, 0.8, {
    standardDeviation: deviation,
    ratio: (1 - weight) / weight,
    alpha: rule.alpha,
    twoSided: false,
  });
  const users = observations / weight / (rule.ratingWeight > 0 ? ratingsPerUser : 1);
  const most = (traffic.usersPerDay ?? Number.POSITIVE_INFINITY) * rule.maxAgeDays;
  return Math.max(100, Math.ceil(Math.min(users, most)));
}
