import { parseDecisionRule } from '../core/experiment/decision-rule.js';
import type { ModelProject } from '../core/project.js';

/**
 * A project as this installation runs it. Every process that reads the rule or the weight goes through here: who counts
 * latency scores must count them as who decides.
 *
 * @throws {InvalidInputError} when the changed numbers do not go together
 */
export function configureProject(
  project: ModelProject,
  config: { readonly CANDIDATE_WEIGHT?: number | undefined; readonly DECISION_RULE?: object | undefined },
): ModelProject {
  return {
    ...project,
    candidateWeightPercent: config.CANDIDATE_WEIGHT ?? project.candidateWeightPercent,
    decision: parseDecisionRule({ ...project.decision, ...config.DECISION_RULE }),
  };
}
