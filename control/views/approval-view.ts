import { z } from 'zod';
import { type Approval, approvalStates } from '../../core/experiment/approval.js';
import { instant, iso, isoOrNull, versionName } from './fields.js';

export const approvalSchema = z
  .object({
    id: z.int(),
    project: z.string(),
    experiment_id: z.int(),
    candidate_version: versionName,
    state: z
      .enum(approvalStates)
      .describe('lapsed: nobody answered in time; withdrawn: the experiment ended before anybody answered'),
    requested_by: z.string().describe('`incumbent` or `schedule` when the hourly decision asked'),
    reason: z.string(),
    requested_at: instant,
    expires_at: instant,
    reminded_at: instant.nullable(),
    decided_by: z.string().nullable(),
    decided_reason: z.string().nullable(),
    decided_at: instant.nullable(),
    may_approve: z.boolean().describe('Whether who asks for this list may approve it'),
  })
  .meta({ id: 'Approval' });

export function approvalView(approval: Approval, mayApprove: boolean): z.input<typeof approvalSchema> {
  return {
    id: approval.id,
    project: approval.project,
    experiment_id: approval.experimentId,
    candidate_version: approval.candidateVersion,
    state: approval.state,
    requested_by: approval.requestedBy,
    reason: approval.reason,
    requested_at: iso(approval.requestedAt),
    expires_at: iso(approval.expiresAt),
    reminded_at: isoOrNull(approval.remindedAt),
    decided_by: approval.decidedBy,
    decided_reason: approval.decidedReason,
    decided_at: isoOrNull(approval.decidedAt),
    may_approve: mayApprove,
  };
}
