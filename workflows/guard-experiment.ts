import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { continueAsNew, executeChild, isCancellation, log, sleep, upsertSearchAttributes } from '@temporalio/workflow';
import { deliveryId } from '../core/loop/workflow-ids.js';
import { quick, watching } from './activity-proxies.js';
import { changeExperiment } from './change-experiment.js';
import { projectAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { stopExperiment } from './stop-experiment.js';

export interface GuardExperimentInput {
  readonly project: string;
  readonly experimentId: number;
  readonly candidate: string;
}

/** From trouble to a look at it: well below the minute after which users must be with production again. */
const BETWEEN_LOOKS = '15 seconds';
/** Looks of one run: the history of a run stays short, and a new version of the code is taken up within the hour. */
const LOOKS = 200;

/** Users go to production at once, whatever else is going on; then the experiment ends in turn. */
async function emergencyStop(input: GuardExperimentInput, reason: string): Promise<void> {
  const { project, experimentId, candidate } = input;
  await quick.divertTraffic(project, experimentId);
  await notify({
    kind: 'emergency_stop',
    project,
    subject: candidate,
    summary: reason,
    details: { experiment: experimentId },
  });
  for (;;) {
    try {
      const stop = { project, experimentId, candidate, reason, actor: 'guard', outcome: 'emergency_stop' } as const;
      await executeChild(stopExperiment, { workflowId: deliveryId(project), args: [stop] });
      return;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await sleep('5 seconds');
      const open = await quick.currentExperiment(project);
      if (open?.id !== experimentId) return;
    }
  }
}

/** The phase was held: the next one, unless a delivery is under way; the next look comes soon. */
async function advance({ project, experimentId, candidate }: GuardExperimentInput, reason: string): Promise<void> {
  const event = { type: 'held' } as const;
  const args = [{ project, experimentId, candidate, event, reason, actor: 'guard' }] as const;
  try {
    await executeChild(changeExperiment, { workflowId: deliveryId(project), args: [...args] });
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('the phase was not left', { experimentId, reason: String(error) });
  }
}

/** Watches an experiment while it is open: stops it when a guardrail breaks, and leads it through shadow and ramp. */
export async function guardExperiment(input: GuardExperimentInput): Promise<string> {
  const { project, experimentId } = input;
  upsertSearchAttributes([{ key: projectAttribute, value: project }]);
  for (let look = 0; look < LOOKS; look++) {
    await sleep(BETWEEN_LOOKS);
    try {
      const { step, reason } = await watching.guard(experimentId);
      if (step === 'ended') return reason;
      if (step === 'advance') await advance(input, reason);
      if (step === 'stop') await emergencyStop(input, reason);
    } catch (error) {
      if (isCancellation(error)) throw error;
      // the next look is near; a watch that ends on a fault would be none
      log.warn('a look at the experiment failed', { experimentId, reason: String(error) });
    }
  }
  return continueAsNew<typeof guardExperiment>(input);
}
