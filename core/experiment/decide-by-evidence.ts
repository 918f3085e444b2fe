import type { DecisionNumbers, EvaluationContext, EvidenceDecision, RuleDecision } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import { effectiveUsers } from './effective-users.js';
import { type EvidenceReading, readEvidence } from './evidence-reading.js';
import { dataStage } from './stages/data-stage.js';
import { expiryStage } from './stages/expiry-stage.js';
import { guardrailStage } from './stages/guardrail-stage.js';
import { harmStage } from './stages/harm-stage.js';
import { promisingStage } from './stages/promising-stage.js';
import { promotionStage } from './stages/promotion-stage.js';
import { ruleStage } from './stages/rule-stage.js';
import { runningStage } from './stages/running-stage.js';
import type { Stage, StageOutcome } from './stages/stage.js';
import { validityStage } from './stages/validity-stage.js';
import type { ExperimentSummary } from './variant-summary.js';

/** The order is the policy: the first stage that matches decides. */
const stages: readonly Stage[] = [
  dataStage,
  ruleStage,
  validityStage,
  guardrailStage,
  harmStage,
  promotionStage,
  promisingStage,
  expiryStage,
];

/** Every number a stage looked at, whichever stage decided: the record must let any branch be checked afterwards. */
function numbersOf(reading: EvidenceReading): DecisionNumbers {
  const { summary, rule, effect, sampleRatio, response, guardrails } = reading;
  const { production, candidate } = summary;
  return {
    productionScore: effect?.productionScore ?? null,
    candidateScore: effect?.candidateScore ?? null,
    effect: effect?.effect ?? null,
    standardError: effect?.standardError ?? null,
    lower: effect?.lower ?? null,
    upper: effect?.upper ?? null,
    pValue: effect?.pValue ?? null,
    runningPValue: reading.running.pValue,
    productionUsers: production.users,
    candidateUsers: candidate.users,
    productionEffectiveUsers: effectiveUsers(production, rule),
    candidateEffectiveUsers: effectiveUsers(candidate, rule),
    productionRequests: production.requests,
    candidateRequests: candidate.requests,
    productionRatings: production.ratings,
    candidateRatings: candidate.ratings,
    sampleRatioDeviation: sampleRatio.deviation,
    sampleRatioPValue: sampleRatio.pValue,
    sampleRatioSequentialPValue: sampleRatio.sequentialPValue,
    usersInBoth: summary.usersInBoth,
    productionResponseRate: response.production,
    candidateResponseRate: response.candidate,
    responsePValue: response.pValue,
    productionErrorRate: guardrails.productionErrorRate,
    candidateErrorRate: guardrails.candidateErrorRate,
    productionP95Ms: guardrails.productionP95Ms,
    candidateP95Ms: guardrails.candidateP95Ms,
    ageHours: reading.ageHours,
  };
}

/**
 * The evidence policy: the plain rule plus proof that holds under hourly looks, on a comparison that is sound.
 *
 * @param ruleDecision of the same summary, its necessary condition
 * @throws {InvalidInputError} if `context.expectedUsers` is not positive
 */
export function decideByEvidence(
  summary: ExperimentSummary,
  context: EvaluationContext,
  rule: DecisionRule,
  ruleDecision: RuleDecision,
): EvidenceDecision {
  const reading = readEvidence(summary, context, rule, ruleDecision);
  let outcome: StageOutcome | null = null;
  for (const stage of stages) {
    outcome = stage(reading);
    if (outcome !== null) break;
  }
  const { needed = null, ...decided } = outcome ?? runningStage(reading);
  return { policy: 'evidence', ...decided, needed, numbers: numbersOf(reading), running: reading.running };
}
