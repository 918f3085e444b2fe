import type { EvaluationContext } from './decision.js';
import type { DecisionRule } from './decision-rule.js';

const HOUR_MS = 3_600_000;

/** Hours since the counts began; 0 when the clock stands before the start (a clock that jumped). */
export function experimentAgeHours(context: Pick<EvaluationContext, 'now' | 'startedAt'>): number {
  return Math.max(0, (context.now.getTime() - context.startedAt.getTime()) / HOUR_MS);
}

/** Older than the rule lets an experiment become. */
export function experimentExpired(
  context: Pick<EvaluationContext, 'now' | 'startedAt'>,
  rule: Pick<DecisionRule, 'maxAgeDays'>,
): boolean {
  return experimentAgeHours(context) > rule.maxAgeDays * 24;
}

/** Why an experiment without a verdict should make room now, in words; null while it may go on. */
export function timeIsUp(
  context: Pick<EvaluationContext, 'now' | 'startedAt' | 'nextCandidateReady'>,
  rule: Pick<DecisionRule, 'maxAgeDays'>,
): string | null {
  if (experimentExpired(context, rule)) return `after ${rule.maxAgeDays} days the candidate is not better beyond doubt`;
  if (context.nextCandidateReady) return 'the next candidate is ready and this one is not better beyond doubt';
  return null;
}
