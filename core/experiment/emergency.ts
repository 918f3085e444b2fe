import type { DecisionRule } from './decision-rule.js';
import { checkGuardrails, type GuardedCounts } from './guardrails.js';

/**
 * The times that are looked back over. A burst of failures shows in the short one within the minute; where few people come, the
 * long one collects enough of them. Short windows are looked at often, so they must hold more before they count.
 */
export const guardWindows = [
  { minutes: 2, minRequests: 40 },
  { minutes: 60, minRequests: 20 },
] as const;

/** Fewer failures than this are no emergency, whatever their share. */
const LEAST_ERRORS = 3;

export interface GuardWindow {
  readonly minutes: number;
  readonly production: GuardedCounts;
  readonly candidate: GuardedCounts;
}

/**
 * Is the candidate failing or slow right now, beyond its guardrails?
 *
 * @param windows counts over the times of `guardWindows`, in any order
 * @returns what is wrong, in words; null when nothing is
 */
export function checkEmergency(windows: readonly GuardWindow[], guardrails: DecisionRule['guardrails']): string | null {
  for (const { minutes, production, candidate } of windows) {
    const least = guardWindows.find((window) => window.minutes === minutes)?.minRequests ?? 0;
    const minRequests = Math.max(least, guardrails.minRequests);
    // a few failures are weighed by the hourly look
    const errors = candidate.errors < LEAST_ERRORS ? 0 : candidate.errors;
    const asked = { ...candidate, requests: candidate.requests + candidate.errors - errors, errors };
    const { breach } = checkGuardrails(production, asked, { ...guardrails, minRequests });
    if (breach !== null) return `in the last ${minutes} minutes ${breach}`;
  }
  return null;
}
