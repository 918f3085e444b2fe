import { jobId } from '../adapters/temporal/job-id.js';
import { ConflictError, DomainError } from '../core/errors.js';
import { deliveryId } from '../core/loop/workflow-ids.js';
import type { Slot } from '../core/registry/version.js';
import { auditRequest } from './audit-request.js';
import type { ControlDeps } from './control-deps.js';
import { jobInTheWay } from './http/job-in-the-way.js';
import type { RouteContext } from './http/route.js';

interface Delivery {
  /** Workflow type. */
  readonly type: string;
  /** Default: the project's one delivery. */
  readonly workflowId?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly facts: { readonly slot: Slot; readonly version: string; readonly previous: string | null };
}

interface Request {
  readonly project: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string;
}

/**
 * Starts what changes a slot: one at a time for a project, because all of them share a workflow id. What is refused is
 * written into the audit log as well: who tried to promote a model that failed its gates is worth knowing.
 */
export function createDeliveries({ loop, jobs, audit }: Pick<ControlDeps, 'loop' | 'jobs' | 'audit'>) {
  return async (
    context: Pick<RouteContext<unknown, unknown, unknown>, 'caller' | 'address' | 'requestId'>,
    request: Request,
    prepare: () => Promise<Delivery>,
  ) => {
    let delivery: Delivery;
    try {
      delivery = await prepare();
    } catch (error) {
      if (error instanceof DomainError) {
        const action = `${request.action}.refused`;
        await auditRequest(audit, context, { ...request, action, details: { code: error.code, why: error.message } });
      }
      throw error;
    }
    const { type, workflowId = deliveryId(request.project), input, facts } = delivery;
    let runId: string;
    try {
      ({ firstExecutionRunId: runId } = await loop.start({ type, workflowId, input }));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      throw jobInTheWay(
        await jobs.latestId(workflowId),
        delivery.workflowId ? 'a request for approval' : 'a delivery of this project',
      );
    }
    const job = jobId(workflowId, runId);
    const slot = { slot: facts.slot };
    await auditRequest(audit, context, {
      ...request,
      action: `${request.action}.request`,
      workflowId,
      before: { ...slot, version: facts.previous },
      after: { ...slot, version: facts.version },
      details: { job_id: job },
    });
    return { job_id: job, project: request.project, ...facts };
  };
}
