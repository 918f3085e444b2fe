import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type {
  AbTestStore,
  ApprovalStore,
  ArtifactStore,
  AuditLog,
  DecisionStore,
  ExperimentStore,
  ModelRegistry,
  NotificationSender,
  ObjectStore,
  SlotStore,
} from '../activities/ports.js';
import type { Webhook } from '../adapters/notify/webhook.js';
import type { UserIds } from '../adapters/privacy/user-ids.js';
import type { JobReader } from '../adapters/temporal/job-reader.js';
import type { LoopClient } from '../adapters/temporal/loop-client.js';
import type { DatasetProfile } from '../core/dataset/profile.js';
import type { ModelProject } from '../core/project.js';
import type { AccessSettings } from './access/access-settings.js';

/** What the control API needs; server.ts makes it real. */
export interface ControlDeps {
  readonly logger: Logger;
  readonly pool: Pool;
  readonly projects: readonly ModelProject[];
  /** @throws {NotFoundError} with the names there are */
  readonly project: (name: string) => ModelProject;
  readonly registry: ModelRegistry;
  readonly slots: SlotStore;
  readonly experiments: ExperimentStore;
  readonly decisions: DecisionStore;
  readonly approvals: ApprovalStore;
  readonly abTests: AbTestStore;
  readonly artifacts: ArtifactStore;
  readonly objects: ObjectStore;
  readonly audit: AuditLog;
  /**
   * Cleans raw training data as a training would, and says what was in it.
   * @throws {DatasetInvalidError}
   */
  readonly cleanUpload: (project: string, text: string) => Promise<DatasetProfile>;
  readonly loop: LoopClient;
  readonly jobs: JobReader;
  readonly userIds: UserIds;
  readonly webhook: Webhook;
  readonly notifications: NotificationSender;
  readonly access: AccessSettings;
  readonly now: () => Date;
}
