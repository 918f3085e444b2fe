import { Context, sleep } from '@temporalio/activity';
import { ArtifactInvalidError, ConflictError } from '../core/errors.js';
import type { ModelProject } from '../core/project.js';
import { parseModelDocument } from '../core/registry/model-document.js';
import type { Slot } from '../core/registry/version.js';
import { caller, stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import type { ArtifactStore, AuditLog, Instance, ModelRegistry, RoutingStore, SlotStore } from './ports.js';

export interface DeliveryDeps {
  readonly project: (name: string) => ModelProject;
  readonly registry: ModelRegistry;
  readonly artifacts: ArtifactStore;
  readonly slots: SlotStore;
  readonly routing: RoutingStore;
  readonly audit: AuditLog;
}

/** An instance that was not heard of for this long is not waited for: it loads the right version when it comes back. */
const ALIVE_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

export interface Assignment {
  readonly project: string;
  readonly slot: Slot;
  readonly version: string | null;
  /** What must be in the slot now. */
  readonly expectedVersion: string | null;
  readonly reason: string;
  readonly actor: string;
}

function describe(instances: readonly Instance[]): string {
  if (instances.length === 0) return 'no instance is alive';
  return instances
    .map(
      (i) =>
        `${i.id} (${i.address}) serves ${i.version ?? 'nothing'}, generation ${i.generation}${i.error ? `: ${i.error}` : ''}`,
    )
    .join('; ');
}

/** What moves models between slots and tells the router. */
export function createDeliveryActivities({ project, registry, artifacts, slots, routing, audit }: DeliveryDeps) {
  async function waitForAll(name: string, role: Slot | 'router', generation: number, least: number): Promise<number> {
    const context = Context.current();
    for (let look = 0; ; look++) {
      const instances = await slots.instances(name, role, ALIVE_WITHIN_MS);
      const late = instances.filter((instance) => instance.generation < generation);
      if (instances.length >= least && late.length === 0) return instances.length;
      const refused = late.find(({ refusedGeneration }) => (refusedGeneration ?? 0) >= generation);
      context.heartbeat({ role, generation, waitingFor: late.map((i) => i.id) });
      if (refused) throw new ArtifactInvalidError(`${role} instance refused: ${describe([refused])}`);
      await sleep(Math.min(LOOK_EVERY_MS, 10 * 2 ** look)); // they mostly follow at once
    }
  }

  return withDomainFailures({
    /** What both slots hold. */
    async readSlots(name: string): Promise<Record<Slot, string | null>> {
      const [production, candidate] = await Promise.all([slots.get(name, 'production'), slots.get(name, 'candidate')]);
      return { production: production.version, candidate: candidate.version };
    },

    /** Puts a version into a slot; a repeated call changes nothing more. */
    async assignSlot({ project: name, slot, version, expectedVersion, reason, actor }: Assignment): Promise<number> {
      const { workflowId } = caller();
      const state = await slots.assign(name, slot, version, expectedVersion, { reason, actor, workflowId });
      return state.generation;
    },

    /**
     * Ends when every living instance of the slot serves this generation or a later one.
     * @param least how many must be alive: 1 where a model is to be served, 0 where a slot was emptied
     */
    async awaitInstances(name: string, slot: Slot, generation: number, least: number): Promise<number> {
      return waitForAll(name, slot, generation, least);
    },

    /** Sends users to the candidate of an experiment, or all to production (null), and waits for every living router. */
    async routeTraffic(
      name: string,
      experimentId: number | null,
      candidateWeightPercent: number,
      shadowPercent = 0,
    ): Promise<{ generation: number; routers: number }> {
      const { generation } = await routing.set(name, { experimentId, candidateWeightPercent, shadowPercent });
      return { generation, routers: await waitForAll(name, 'router', generation, 0) };
    },

    /** Copies a candidate's artifacts to the next BO version. The same run always gets the same version. */
    async copyToProduction(
      name: string,
      candidateVersion: string,
    ): Promise<{ version: string; previous: string | null }> {
      const { prefix } = project(name);
      const candidate = await registry.get(name, candidateVersion);
      if (candidate.state === 'deleted' || candidate.state === 'rejected') {
        throw new ConflictError(`${candidateVersion} is ${candidate.state} and cannot be promoted`);
      }
      const reserved = await registry.reserve({
        project: name,
        prefix,
        kind: 'BO',
        parentVersion: candidateVersion,
        idempotencyKey: stepKey('promote'),
      });
      const manifest = await artifacts.readManifest(candidate.artifactPrefix);
      const files: Record<string, Uint8Array> = {};
      for (const file of Object.keys(manifest.files)) {
        files[file] = await artifacts.readFile(candidate.artifactPrefix, file, manifest);
        Context.current().heartbeat({ copied: file });
      }
      const document = parseModelDocument(files['model.json']!);
      const promoted = {
        ...document,
        version: reserved.version,
        lineage: { ...document.lineage, parentVersion: candidateVersion },
      };
      files['model.json'] = new TextEncoder().encode(JSON.stringify(promoted));
      await artifacts.write(reserved.artifactPrefix, {
        project: name,
        version: reserved.version,
        createdAt: manifest.createdAt,
        files,
      });
      await registry.describe(name, reserved.version, {
        datasetNumber: candidate.datasetNumber,
        metrics: candidate.metrics,
        hyperparameters: candidate.hyperparameters,
        lineage: { ...candidate.lineage, parentVersion: candidateVersion },
      });
      const { version: previous } = await slots.get(name, 'production');
      return { version: reserved.version, previous: previous === reserved.version ? null : previous };
    },

    async setModelState(
      name: string,
      version: string,
      state: 'staged' | 'candidate' | 'production' | 'retired' | 'rejected',
    ) {
      await registry.setState(name, version, state);
    },

    /** Deletes a version's artifacts for good; the registry keeps its row. */
    async deleteVersion(name: string, version: string): Promise<number> {
      const { artifactPrefix } = await registry.get(name, version);
      const deleted = await artifacts.delete(artifactPrefix);
      await registry.setState(name, version, 'deleted');
      return deleted;
    },

    /** One audit row for each action of a workflow run. */
    async recordAudit(entry: {
      project: string;
      action: string;
      actor: string;
      subject: string;
      reason: string;
      details?: Record<string, unknown>;
    }): Promise<void> {
      const { workflowId } = caller();
      await audit.append({ ...entry, workflowId }, stepKey(`${entry.action}/${entry.subject}`));
    },
  });
}

export type DeliveryActivities = ReturnType<typeof createDeliveryActivities>;
