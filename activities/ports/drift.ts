export interface StoredDriftReport {
  readonly id: number;
  readonly project: string;
  readonly modelVersion: string;
  readonly windowStart: Date;
  readonly windowEnd: Date;
  readonly rows: number;
  readonly drifted: boolean;
  readonly score: number | null;
  readonly report: unknown;
  readonly createdAt: Date;
}

export interface DriftStore {
  record(report: Omit<StoredDriftReport, 'id' | 'createdAt'>, idempotencyKey: string): Promise<StoredDriftReport>;
  list(project: string, page: { limit: number; beforeId?: number | undefined }): Promise<StoredDriftReport[]>;
}
