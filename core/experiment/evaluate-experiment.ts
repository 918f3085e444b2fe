import { decideByEvidence } from './decide-by-evidence.js';
import { decideByRule } from './decide-by-rule.js';
import type { DecisionAction, EvaluationContext, EvidenceVerdict, ExperimentDecision } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import type { ExperimentSummary } from './variant-summary.js';

/** What the platform does about a verdict. */
function actionFor(verdict: EvidenceVerdict, rule: Pick<DecisionRule, 'onHarm'>): DecisionAction {
  switch (verdict) {
    case 'promote':
    case 'rollback':
      return verdict;
    case 'harm':
      return rule.onHarm;
    case 'invalid':
      return 'alert';
    case 'inconclusive':
      return 'retire';
    case 'promising':
    case 'continue_testing':
    case 'insufficient_data':
      return 'none';
  }
}

/**
 * One look at an experiment: the verdict of the plain rule and that of the evidence, both always computed; `rule.policy` says
 * which of them acts.
 *
 * @throws {InvalidInputError} if `context.expectedUsers` is not positive
 */
export function evaluateExperiment(
  summary: ExperimentSummary,
  context: EvaluationContext,
  rule: DecisionRule,
): ExperimentDecision {
  const byRule = decideByRule(summary.production, summary.candidate, rule, context.judgedBy);
  const byEvidence = decideByEvidence(summary, context, rule, byRule);
  const acting = rule.policy === 'rule' ? byRule : byEvidence;
  const look = { policy: rule.policy, rule: byRule, evidence: byEvidence };
  return { ...look, verdict: acting.verdict, action: actionFor(acting.verdict, rule), reason: acting.reason };
}
