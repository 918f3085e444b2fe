import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, upsertSearchAttributes } from '@temporalio/workflow';
import type { EvaluationOutcome } from '../activities/experiment.js';
import { deliveryId } from '../core/loop/workflow-ids.js';
import { quick } from './activity-proxies.js';
import { promote } from './promote.js';
import { rollback } from './rollback.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { withdrawCandidate } from './steps/withdraw-candidate.js';

export interface EvaluateExperimentInput {
  readonly project: string;
  readonly actor?: string;
}

export interface EvaluateExperimentResult extends EvaluationOutcome {
  /** What became of the verdict: the new production version, the retraining, or why nothing was done. */
  readonly effect: string;
}

/** One hourly look at the experiment. The verdict was made and stored by an activity; here it is only acted on. */
export async function evaluateExperiment(input: EvaluateExperimentInput): Promise<EvaluateExperimentResult> {
  const { project, actor = 'incumbent' } = input;
  upsertSearchAttributes([{ key: projectAttribute, value: project }]);
  const outcome = await quick.evaluate(project);
  upsertSearchAttributes([{ key: verdictAttribute, value: outcome.verdict }]);
  const { experimentId, candidateVersion: candidate, action, reason } = outcome;
  if (experimentId === null || candidate === null) return { ...outcome, effect: 'nothing to do' };
  upsertSearchAttributes([{ key: modelVersionAttribute, value: candidate }]);

  const delivery = {
    workflowId: deliveryId(project),
    args: [{ project, experimentId, candidate, reason, actor }] as const,
  };
  try {
    switch (action) {
      case 'promote': {
        const { version } = await executeChild(promote, { ...delivery, args: [...delivery.args] });
        return { ...outcome, effect: `${candidate} is in production as ${version}` };
      }
      case 'rollback': {
        const { retrainingInHours } = await executeChild(rollback, { ...delivery, args: [...delivery.args] });
        const next =
          retrainingInHours === null ? 'a training is running already' : `retraining in ${retrainingInHours} h`;
        return { ...outcome, effect: `${candidate} was removed; ${next}` };
      }
      case 'retire':
        await withdrawCandidate({ project, candidate, experimentId, state: 'expired', outcome: 'inconclusive', actor });
        await quick.setModelState(project, candidate, 'retired');
        await quick.recordAudit({ project, action: 'retire', actor, subject: candidate, reason });
        return { ...outcome, effect: `${candidate} was retired; production stays` };
      case 'hold':
        await withdrawCandidate({ project, candidate, experimentId, state: 'stopped', outcome: 'harm', actor });
        await quick.setModelState(project, candidate, 'retired');
        await quick.recordAudit({ project, action: 'hold', actor, subject: candidate, reason });
        return { ...outcome, effect: `${candidate} gets no more users` };
      case 'alert':
        await quick.recordAudit({ project, action: 'alert', actor, subject: candidate, reason });
        return { ...outcome, effect: 'the experiment cannot be trusted: see the reason' };
      default:
        return { ...outcome, effect: 'the experiment goes on' };
    }
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { ...outcome, effect: 'another delivery of this project is running: the next look decides' };
  }
}
