import type { EvaluationContext, RuleDecision, RunningEvidence } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import { effectiveUsers } from './effective-users.js';
import { experimentAgeHours } from './experiment-age.js';
import { checkGuardrails, type GuardrailReading } from './guardrails.js';
import { type ResponseRates, responseRates } from './response-rates.js';
import { type SampleRatioReading, sampleRatio } from './sample-ratio.js';
import { type ScoreEffect, scoreEffect } from './score-effect.js';
import type { ExperimentSummary } from './variant-summary.js';

/** Everything the stages look at, read once from one summary. */
export interface EvidenceReading {
  readonly summary: ExperimentSummary;
  readonly context: EvaluationContext;
  readonly rule: DecisionRule;
  readonly ruleDecision: RuleDecision;
  readonly effect: ScoreEffect | null;
  readonly sampleRatio: SampleRatioReading;
  readonly response: ResponseRates;
  readonly guardrails: GuardrailReading;
  /** Users seen in both variants over all users, 0..1. */
  readonly shareInBoth: number;
  /** Enough ratings and users in each variant for the intervals to be right; users by their weight, so at most all of them. */
  readonly floorMet: boolean;
  readonly ageHours: number;
  readonly running: RunningEvidence;
}

/** Reads the evidence; no verdict yet. */
export function readEvidence(
  summary: ExperimentSummary,
  context: EvaluationContext,
  rule: DecisionRule,
  ruleDecision: RuleDecision,
): EvidenceReading {
  const { production, candidate } = summary;
  const previous = context.previous ?? { pValue: 1, sampleRatioPValue: 1 };
  const effect = scoreEffect(production, candidate, rule, context.expectedUsers);
  const users = production.users + candidate.users;
  const split = sampleRatio(
    { production: production.users, candidate: candidate.users },
    context.candidateWeightPercent,
    previous.sampleRatioPValue,
    rule.validity,
  );
  return {
    summary,
    context,
    rule,
    ruleDecision,
    effect,
    sampleRatio: split,
    response: responseRates(production, candidate),
    guardrails: checkGuardrails(production, candidate, rule.guardrails),
    shareInBoth: users > 0 ? summary.usersInBoth / users : 0,
    floorMet: [production, candidate].every(
      (variant) => variant.ratings >= rule.floor.ratings && effectiveUsers(variant, rule) >= rule.floor.users,
    ),
    ageHours: experimentAgeHours(context),
    running: {
      pValue: Math.min(previous.pValue, effect?.pValue ?? 1),
      sampleRatioPValue: split.sequentialPValue,
    },
  };
}
