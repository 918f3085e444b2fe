import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { FeedbackStore } from '../adapters/postgres/feedback-store.js';
import type { UserIds } from '../adapters/privacy/user-ids.js';
import type { Cache } from '../adapters/redis/cache.js';
import type { Spool } from '../adapters/spool/spool.js';
import type { ModelProject } from '../core/project.js';
import type { Slot } from '../core/registry/version.js';
import type { InferenceMetrics } from '../monitoring/metrics.js';
import type { Admit } from './access/admission.js';
import type { FailedRequests } from './log/failed-requests.js';
import type { IdSource } from './log/id-source.js';
import type { PredictionLog } from './log/prediction-log.js';
import type { CollectedMetrics } from './metrics/collected-metrics.js';
import type { FeatureLookups } from './metrics/feature-lookups.js';
import type { ModelSlot } from './model/model-slot.js';
import type { DatasetReader } from './model/training-rows.js';

/** One slot of one project being served: what the endpoints work with. */
export interface InferenceService {
  readonly project: ModelProject;
  readonly slot: Slot;
  readonly instanceId: string;
  readonly startedAt: Date;
  readonly model: ModelSlot;
  readonly ids: IdSource;
  readonly log: PredictionLog;
  readonly spool: Spool;
  readonly cache: Cache;
  readonly failed: FailedRequests;
  readonly lookups: FeatureLookups;
  /** Where API keys are asked for; null = open to all. */
  readonly admit: Admit | null;
  /** Whose pages may read answers. */
  readonly corsOrigins: readonly string[];
  readonly feedback: FeedbackStore;
  readonly userIds: UserIds;
  /** For reading what was recorded. */
  readonly pool: Pool;
  readonly metrics: InferenceMetrics;
  /** Where the training data of the served model is; null = out of reach. */
  readonly objects: DatasetReader | null;
  /** The metrics of all processes of this service. */
  readonly collectMetrics: () => Promise<CollectedMetrics>;
  readonly logger: Logger;
  /** Set once the service is being stopped: it finishes what it has and says so. */
  draining: boolean;
}
