import type { VersionKind } from '../../core/registry/version.js';

export type ModelState = 'registered' | 'staged' | 'candidate' | 'production' | 'retired' | 'rejected' | 'deleted';

export interface ModelVersion {
  readonly project: string;
  readonly version: string;
  readonly kind: VersionKind;
  readonly number: number;
  readonly state: ModelState;
  readonly artifactPrefix: string;
  readonly datasetNumber: number | null;
  readonly parentVersion: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly lineage: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

/** Versions and their states. Numbers are never given out twice. */
export interface ModelRegistry {
  /** The next number of this kind as a new version; the same key always gets the same version. */
  reserve(reservation: {
    project: string;
    prefix: string;
    kind: VersionKind;
    parentVersion: string | null;
    idempotencyKey: string;
  }): Promise<ModelVersion>;
  describe(
    project: string,
    version: string,
    facts: {
      datasetNumber?: number | null;
      metrics?: Readonly<Record<string, number>>;
      hyperparameters?: Readonly<Record<string, unknown>>;
      lineage?: Readonly<Record<string, unknown>>;
    },
  ): Promise<void>;
  setState(project: string, version: string, state: ModelState): Promise<void>;
  /** @throws {NotFoundError} */
  get(project: string, version: string): Promise<ModelVersion>;
  list(project: string, page: { limit: number; before?: Date | undefined }): Promise<ModelVersion[]>;
}
