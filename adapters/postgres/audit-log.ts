import type { Pool } from 'pg';
import type { AuditLog } from '../../activities/ports.js';
import { auditDigest } from './audit-digest.js';
import { transaction } from './transaction.js';

/** Appends to the chain: the lock on its end lets one row through at a time. */
export function createAuditLog(pool: Pool): AuditLog {
  return {
    async append(entry, idempotencyKey) {
      await transaction(pool, async (client) => {
        const { rows } = await client.query<{ count: number; hash: string; at: Date }>(
          // milliseconds: what a Date can hold is what is hashed
          `select count, hash, date_trunc('milliseconds', clock_timestamp()) as at from audit_head for update`,
        );
        const known = await client.query('select 1 from audit where idempotency_key = $1', [idempotencyKey]);
        if (known.rows.length > 0) return;
        const { count, hash: previousHash, at } = rows[0]!;
        const chained = {
          sequence: count + 1,
          previousHash,
          project: entry.project,
          action: entry.action,
          actor: entry.actor,
          subject: entry.subject,
          reason: entry.reason ?? '',
          // as it will be read back: without what JSON leaves out
          details: JSON.parse(JSON.stringify(entry.details ?? {})) as unknown,
          workflowId: entry.workflowId ?? null,
          at,
          idempotencyKey,
        };
        const hash = auditDigest(chained);
        await client.query(
          `insert into audit (project, action, actor, subject, reason, details, workflow_id, at, idempotency_key,
             sequence, previous_hash, hash)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
          [
            chained.project,
            chained.action,
            chained.actor,
            chained.subject,
            chained.reason,
            chained.details,
            chained.workflowId,
            at,
            idempotencyKey,
            chained.sequence,
            previousHash,
            hash,
          ],
        );
        await client.query('update audit_head set count = $1, hash = $2', [chained.sequence, hash]);
      });
    },
  };
}
