import { controlPath } from './control.js';
import { requestJson } from './http.js';

/** A promotion that waits, or waited, for a person. */
export interface ApprovalView {
  readonly id: number;
  readonly experiment_id: number;
  readonly candidate_version: string;
  readonly state: 'pending' | 'approved' | 'rejected' | 'lapsed' | 'withdrawn';
  readonly requested_by: string;
  readonly reason: string;
  readonly requested_at: string;
  readonly expires_at: string;
  readonly decided_by: string | null;
  readonly decided_reason: string | null;
  readonly decided_at: string | null;
  /** Whether who looks at it may approve it. */
  readonly may_approve: boolean;
}

export const answerApproval = (id: number, answer: 'approve' | 'reject', reason: string): Promise<unknown> =>
  requestJson(controlPath(`approvals/${id}/${answer}`), { method: 'POST', body: { reason } });
