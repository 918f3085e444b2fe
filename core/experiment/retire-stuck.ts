import type { EvaluationContext, EvidenceVerdict, ExperimentDecision } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import { timeIsUp } from './experiment-age.js';

/** Verdicts that could come again every hour for ever: without an end, an experiment that nobody visits blocks the slot. */
const stuck: ReadonlySet<EvidenceVerdict> = new Set(['continue_testing', 'insufficient_data']);

/**
 * Ends an experiment that its policy leaves open although its time is up or the next candidate waits: production stays, the
 * candidate is retired. The verdicts of both policies stay as they are.
 */
export function retireStuck(
  decision: ExperimentDecision,
  context: Pick<EvaluationContext, 'now' | 'startedAt' | 'nextCandidateReady'>,
  rule: Pick<DecisionRule, 'maxAgeDays'>,
): ExperimentDecision {
  const cause = stuck.has(decision.verdict) ? timeIsUp(context, rule) : null;
  if (cause === null) return decision;
  const reason = `Production stays: ${cause}. Until now: ${decision.reason}`;
  return { ...decision, verdict: 'inconclusive', action: 'retire', reason };
}
