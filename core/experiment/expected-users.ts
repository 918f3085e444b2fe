import type { DecisionRule } from './decision-rule.js';
import { type PlannedTraffic, planExperiment } from './plan-experiment.js';

/** Fewer users than this tune the sequence to looks at which its intervals are not right yet. */
const LEAST = 100;
/** N* where ratings do not count: latencies and errors say much with every request. */
const WITHOUT_RATINGS = 1000;

/**
 * N*: users of both variants at which a candidate on the promote line would be seen with 80 % power, to be fixed when the experiment starts.
 * The confidence sequence is narrowest there; a guess off by a factor of three widens it by less than a tenth, so the defaults
 * serve until a project knows its traffic.
 *
 * @returns whole users, ≥ 100; with `usersPerHour` not more than come in the life of an experiment
 * @throws {InvalidInputError} if a number is outside its range
 */
export function expectedUsers(traffic: PlannedTraffic, rule: DecisionRule): number {
  const effectRatio = Math.max(0.01, rule.promoteRatio - 1);
  // a candidate that starts in the shadow or takes everybody still gets a sequence
  const candidateWeightPercent = Math.min(99, Math.max(1, traffic.candidateWeightPercent));
  const plan = { ...traffic, candidateWeightPercent };
  const users = rule.ratingWeight > 0 ? planExperiment(effectRatio, plan, rule).users : WITHOUT_RATINGS;
  const most = (traffic.usersPerHour ?? Number.POSITIVE_INFINITY) * 24 * rule.maxAgeDays;
  return Math.max(LEAST, Math.ceil(Math.min(users, most)));
}
