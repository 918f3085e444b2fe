import { sequenceRadius, tuneSequence } from '../stats/confidence-sequence.js';
import type { Forecast } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import { effectiveUsers } from './effective-users.js';
import type { ScoreEffect } from './score-effect.js';
import type { VariantSummary } from './variant-summary.js';

/** Beyond this growth of the data a forecast says "cannot be told". */
const MOST_GROWTH = 1e6;

interface Progress {
  readonly production: VariantSummary;
  readonly candidate: VariantSummary;
  readonly ageHours: number;
}

/** Everything counted so far times (growth − 1). */
function grow({ production, candidate, ageHours }: Progress, growth: number): Forecast {
  const more = growth - 1;
  if (!(growth <= MOST_GROWTH)) return { ratings: null, users: null, hours: null };
  return {
    ratings: Math.ceil(candidate.ratings * more),
    users: Math.ceil((production.users + candidate.users) * more),
    hours: ageHours > 0 ? ageHours * more : null,
  };
}

/** How many times the data must grow until every count reaches its floor. */
function floorGrowth(
  progress: Progress,
  floors: { readonly requests: number; readonly ratings: number; readonly users: number },
  rule: DecisionRule,
): number {
  const growth = [progress.production, progress.candidate].flatMap((variant) => [
    floors.requests / variant.requests,
    floors.ratings > 0 ? floors.ratings / variant.ratings : 1,
    floors.users > 0 ? floors.users / effectiveUsers(variant, rule) : 1,
  ]);
  return Math.max(1, ...growth);
}

/** What is missing to the minimum of any decision, at the traffic so far. */
export function forecastMinimum(progress: Progress, rule: DecisionRule): Forecast {
  const growth = floorGrowth(progress, { requests: rule.minRequests, ratings: rule.minRatings, users: 0 }, rule);
  const forecast = grow(progress, growth);
  // without any ratings no rate can be told, the missing number still can
  return { ...forecast, ratings: forecast.ratings ?? Math.max(0, rule.minRatings - progress.candidate.ratings) };
}

/**
 * What is missing until the candidate is ahead beyond doubt, if it stays as far ahead as it is now and users come as they came:
 * the size at which θ − h reaches 0, at least the floors.
 */
export function forecastPromotion(
  progress: Progress,
  reading: ScoreEffect,
  rule: DecisionRule,
  expectedUsers: number,
): Forecast {
  if (reading.effect <= 0) return { ratings: null, users: null, hours: null };
  const tuning = tuneSequence(expectedUsers, rule.alpha);
  const lowerAt = (growth: number) =>
    reading.effect - sequenceRadius(reading.standardError / Math.sqrt(growth), reading.users * growth, tuning);
  let high = floorGrowth(progress, { ...rule.floor, requests: rule.minRequests }, rule);
  if (lowerAt(high) <= 0) {
    let low = high;
    while (lowerAt(high) <= 0 && high <= MOST_GROWTH) high *= 2;
    // bisection to one part in 2^30: the radius falls with the size
    for (let i = 0; i < 30; i++) {
      const middle = (low + high) / 2;
      if (lowerAt(middle) > 0) high = middle;
      else low = middle;
    }
  }
  return grow(progress, high);
}
