import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { guardId } from '../../core/loop/workflow-ids.js';
import { type GuardExperimentInput, guardExperiment } from '../guard-experiment.js';

/** Sees to it that an open experiment is watched; one watch at a time. */
export async function watchExperiment(input: GuardExperimentInput): Promise<void> {
  try {
    await startChild(guardExperiment, {
      workflowId: guardId(input.project, input.experimentId),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
