import { parseDecisionRule } from '../core/experiment/decision-rule.js';
import { parseExperimentSettings } from '../core/experiment/experiment-settings.js';
import type { ModelProject } from '../core/project.js';
import { candidateShare } from './split-weights.js';

/**
 * A project as this installation runs it. Every process that reads the rule or the weight goes through here: who counts
 * latency scores must count them as who decides.
 *
 * @param environment where the variables that the project itself names are looked up
 * @throws {InvalidInputError} when the changed numbers do not go together
 */
export function configureProject(
  project: ModelProject,
  config: {
    readonly CANDIDATE_WEIGHT?: number | undefined;
    readonly DECISION_RULE?: object | undefined;
    readonly EXPERIMENT?: object | undefined;
  },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ModelProject {
  const share = candidateShare(project.split, environment);
  return {
    ...project,
    candidateWeightPercent: share ?? config.CANDIDATE_WEIGHT ?? project.candidateWeightPercent,
    decision: parseDecisionRule({ ...project.decision, ...config.DECISION_RULE }),
    experiment: parseExperimentSettings({ ...project.experiment, ...config.EXPERIMENT }),
  };
}
