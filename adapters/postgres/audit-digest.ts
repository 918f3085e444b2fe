import { createHash } from 'node:crypto';

/** What a row of the audit log says, and its place. */
export interface ChainedEntry {
  readonly sequence: number;
  readonly previousHash: string;
  readonly project: string | null;
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly reason: string;
  readonly details: unknown;
  readonly workflowId: string | null;
  readonly at: Date;
  readonly idempotencyKey: string;
}

/** Stands before the first row. */
export const CHAIN_START = '0'.repeat(64);

/** JSON whose text does not depend on the order in which fields were set or on how Postgres keeps them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

/** SHA-256 (hex) over everything a row says, its place and the hash of the row before it. */
export function auditDigest(entry: ChainedEntry): string {
  const { sequence, previousHash, project, action, actor, subject, reason, details, workflowId, at, idempotencyKey } =
    entry;
  const said = [project, action, actor, subject, reason, details, workflowId, at.toISOString(), idempotencyKey];
  return createHash('sha256')
    .update(canonical([sequence, previousHash, ...said]))
    .digest('hex');
}
