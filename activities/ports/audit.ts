export interface AuditEntry {
  readonly project: string | null;
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly workflowId?: string | null;
}

export interface AuditLog {
  /** Appends the entry once per key. */
  append(entry: AuditEntry, idempotencyKey: string): Promise<void>;
}
