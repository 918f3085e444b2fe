import { Context } from '@temporalio/activity';

/** Who is asking: the workflow run an activity works for. */
export interface Caller {
  readonly workflowId: string;
  readonly runId: string;
}

export function caller(): Caller {
  const { workflowExecution } = Context.current().info;
  if (!workflowExecution) throw new Error('this activity must be started by a workflow');
  return workflowExecution;
}

/**
 * The key that makes a step idempotent: the same for every attempt of it, another for every run of the workflow.
 * A workflow that takes a step more than once names each of them.
 */
export function stepKey(step: string): string {
  const { workflowId, runId } = caller();
  return `${workflowId}/${runId}/${step}`;
}
