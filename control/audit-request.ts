import type { AuditLog } from '../activities/ports.js';
import type { RouteContext } from './http/route.js';

/** A change that a request made, for the audit log. */
export interface RequestedChange {
  readonly project: string | null;
  readonly action: string;
  readonly subject: string;
  readonly reason?: string;
  readonly workflowId?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Records what a request did: who, from where, what was and what is. */
export async function auditRequest(
  audit: AuditLog,
  { caller, address, requestId }: Pick<RouteContext<unknown, unknown, unknown>, 'caller' | 'address' | 'requestId'>,
  { before, after, details, ...change }: RequestedChange,
): Promise<void> {
  await audit.append(
    {
      ...change,
      actor: caller.name,
      details: {
        ...details,
        source: address,
        request_id: requestId,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      },
    },
    `${requestId}/${change.action}/${change.subject}`,
  );
}
