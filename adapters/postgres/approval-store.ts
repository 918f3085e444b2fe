import type { Pool } from 'pg';
import type { ApprovalStore } from '../../activities/ports.js';
import { NotFoundError } from '../../core/errors.js';
import type { Approval, ApprovalState } from '../../core/experiment/approval.js';
import { transaction } from './transaction.js';

export interface ApprovalRow {
  id: number;
  project: string;
  experiment_id: number;
  candidate_version: string;
  state: ApprovalState;
  requested_by: string;
  reason: string;
  requested_at: Date;
  expires_at: Date;
  reminded_at: Date | null;
  decided_by: string | null;
  decided_reason: string | null;
  decided_at: Date | null;
  workflow_id: string;
}

export function toApproval(row: ApprovalRow): Approval {
  return {
    id: row.id,
    project: row.project,
    experimentId: row.experiment_id,
    candidateVersion: row.candidate_version,
    state: row.state,
    requestedBy: row.requested_by,
    reason: row.reason,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    remindedAt: row.reminded_at,
    decidedBy: row.decided_by,
    decidedReason: row.decided_reason,
    decidedAt: row.decided_at,
    workflowId: row.workflow_id,
  };
}

export function createApprovalStore(pool: Pool): ApprovalStore {
  async function get(id: number): Promise<Approval> {
    const { rows } = await pool.query<ApprovalRow>('select * from approvals where id = $1', [id]);
    if (!rows[0]) throw new NotFoundError(`there is no approval ${id}`);
    return toApproval(rows[0]);
  }

  return {
    get,

    async request(request, idempotencyKey) {
      return transaction(pool, async (client) => {
        const earlier = await client.query<ApprovalRow>('select * from approvals where idempotency_key = $1', [
          idempotencyKey,
        ]);
        if (earlier.rows[0]) return toApproval(earlier.rows[0]);
        await client.query(
          "update approvals set state = 'withdrawn', decided_at = now() where project = $1 and state = 'pending'",
          [request.project],
        );
        const { rows } = await client.query<ApprovalRow>(
          `insert into approvals
             (project, experiment_id, candidate_version, state, requested_by, reason, expires_at, workflow_id, idempotency_key)
           values ($1, $2, $3, 'pending', $4, $5, $6, $7, $8) returning *`,
          [
            request.project,
            request.experimentId,
            request.candidateVersion,
            request.requestedBy,
            request.reason,
            request.expiresAt,
            request.workflowId,
            idempotencyKey,
          ],
        );
        return toApproval(rows[0]!);
      });
    },

    async answer(id, { answer, by, why }, check) {
      return transaction(pool, async (client) => {
        const { rows } = await client.query<ApprovalRow>('select * from approvals where id = $1 for update', [id]);
        if (!rows[0]) throw new NotFoundError(`there is no approval ${id}`);
        const approval = toApproval(rows[0]);
        const { state, decidedBy, decidedReason } = approval;
        if (state === answer && decidedBy === by && decidedReason === why) return approval;
        check(approval);
        const answered = await client.query<ApprovalRow>(
          `update approvals set state = $2, decided_by = $3, decided_reason = $4, decided_at = now()
           where id = $1 returning *`,
          [id, answer, by, why],
        );
        return toApproval(answered.rows[0]!);
      });
    },

    async close(id, state) {
      await pool.query("update approvals set state = $2, decided_at = now() where id = $1 and state = 'pending'", [
        id,
        state,
      ]);
      return get(id);
    },

    async reminded(id) {
      await pool.query('update approvals set reminded_at = now() where id = $1', [id]);
    },
  };
}
