/** A run of a workflow, as the API names it: `{workflow id}.{run id}`. Without a run id it is the latest run. */
export interface JobReference {
  readonly workflowId: string;
  readonly runId: string | undefined;
}

const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function jobId(workflowId: string, runId: string): string {
  return `${workflowId}.${runId}`;
}

export function parseJobId(id: string): JobReference {
  const dot = id.lastIndexOf('.');
  const runId = id.slice(dot + 1);
  return dot > 0 && RUN_ID.test(runId) ? { workflowId: id.slice(0, dot), runId } : { workflowId: id, runId: undefined };
}
