import type { Pool } from 'pg';
import type { AuditLog } from '../../activities/ports.js';

export function createAuditLog(pool: Pool): AuditLog {
  return {
    async append(entry, idempotencyKey) {
      await pool.query(
        `insert into audit (project, action, actor, subject, reason, details, workflow_id, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (idempotency_key) do nothing`,
        [
          entry.project,
          entry.action,
          entry.actor,
          entry.subject,
          entry.reason ?? '',
          entry.details ?? {},
          entry.workflowId ?? null,
          idempotencyKey,
        ],
      );
    },
  };
}
