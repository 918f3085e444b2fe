import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, ParentClosePolicy, startChild, upsertSearchAttributes } from '@temporalio/workflow';
import type { EvaluationOutcome } from '../activities/experiment.js';
import { approvalId, deliveryId } from '../core/loop/workflow-ids.js';
import { quick } from './activity-proxies.js';
import { type PromoteInput, promote } from './promote.js';
import { promoteWithApproval } from './promote-with-approval.js';
import { rollback } from './rollback.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { watchExperiment } from './steps/watch-experiment.js';
import { stopExperiment } from './stop-experiment.js';

export interface EvaluateExperimentInput {
  readonly project: string;
  readonly actor?: string;
}

export interface EvaluateExperimentResult extends EvaluationOutcome {
  /** What became of the verdict: the new production version, the retraining, or why nothing was done. */
  readonly effect: string;
}

/** A person is asked; this look does not wait for the answer, and the next ones see the same request still open. */
async function askForPromotion(input: PromoteInput): Promise<string> {
  const { project, candidate } = input;
  try {
    await startChild(promoteWithApproval, {
      workflowId: approvalId(project),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [input],
    });
    return `${candidate} waits for a person's yes`;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return `${candidate} still waits for a person's yes`;
  }
}

/** One hourly look at the experiment. The verdict was made and stored by an activity; here it is only acted on. */
export async function evaluateExperiment(input: EvaluateExperimentInput): Promise<EvaluateExperimentResult> {
  const { project, actor = 'incumbent' } = input;
  upsertSearchAttributes([{ key: projectAttribute, value: project }]);
  for (const ended of await quick.lookAtAbTests(project)) {
    const details = { test: ended.id, winner: ended.winner ?? 'none' };
    await notify({ kind: 'experiment_ended', project, subject: ended.name, summary: ended.summary, details });
  }
  const outcome = await quick.evaluate(project);
  upsertSearchAttributes([{ key: verdictAttribute, value: outcome.verdict }]);
  const { experimentId, candidateVersion: candidate, action, reason } = outcome;
  if (experimentId === null || candidate === null) return { ...outcome, effect: 'nothing to do' };
  upsertSearchAttributes([{ key: modelVersionAttribute, value: candidate }]);

  // the watch ends with the experiment; if somebody ended it before, it begins again
  await watchExperiment({ project, experimentId, candidate });
  const order = { project, experimentId, candidate, reason, actor };
  const workflowId = deliveryId(project);
  const end = (ending: 'inconclusive' | 'harm') =>
    executeChild(stopExperiment, { workflowId, args: [{ ...order, outcome: ending }] });
  try {
    switch (action) {
      case 'promote': {
        if (outcome.approvalRequired) return { ...outcome, effect: await askForPromotion(order) };
        const { version } = await executeChild(promote, { workflowId, args: [order] });
        return { ...outcome, effect: `${candidate} is in production as ${version}` };
      }
      case 'rollback': {
        const { retrainingInHours } = await executeChild(rollback, { workflowId, args: [order] });
        const next =
          retrainingInHours === null ? 'a training is running already' : `retraining in ${retrainingInHours} h`;
        return { ...outcome, effect: `${candidate} was removed; ${next}` };
      }
      case 'retire':
        await end('inconclusive');
        return { ...outcome, effect: `${candidate} was retired; production stays` };
      case 'hold':
        await end('harm');
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
