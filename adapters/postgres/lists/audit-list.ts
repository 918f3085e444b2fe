import type { KeysetList } from './keyset-list.js';

export interface AuditRecord {
  readonly id: number;
  readonly project: string | null;
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly workflowId: string | null;
  readonly at: Date;
}

interface AuditRow extends Omit<AuditRecord, 'workflowId'> {
  workflow_id: string | null;
}

export const auditList: KeysetList<AuditRow, AuditRecord> = {
  table: 'audit',
  time: 'at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', action: 'action', actor: 'actor', subject: 'subject' },
  map: ({ workflow_id, ...row }) => ({ ...row, workflowId: workflow_id }),
};
