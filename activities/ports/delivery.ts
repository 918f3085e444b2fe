import type { Slot } from '../../core/registry/version.js';

/** One running process that serves a slot or routes traffic. */
export interface Instance {
  readonly id: string;
  readonly role: Slot | 'router';
  readonly address: string;
  readonly generation: number;
  readonly version: string | null;
  /** Why it does not serve what it should … */
  readonly error: string | null;
  /** … and the generation that this is about. */
  readonly refusedGeneration: number | null;
  readonly seenAt: Date;
}

export interface SlotState {
  readonly slot: Slot;
  readonly version: string | null;
  readonly generation: number;
}

export interface DeploymentCause {
  readonly reason: string;
  readonly actor: string;
  readonly workflowId: string | null;
}

export interface SlotStore {
  get(project: string, slot: Slot): Promise<SlotState>;
  /**
   * Puts a version (or nothing) into a slot, tells the instances, and records the deployment. Assigning what is
   * already there changes nothing.
   * @param expectedVersion the version that must be in the slot now (or already the new one)
   * @throws {ConflictError} when another delivery changed the slot since
   */
  assign(
    project: string,
    slot: Slot,
    version: string | null,
    expectedVersion: string | null,
    cause: DeploymentCause,
  ): Promise<SlotState>;
  /** Instances of a role heard of within the last `withinMs`. */
  instances(project: string, role: Slot | 'router', withinMs: number): Promise<Instance[]>;
}

export interface RoutingStore {
  /** Tells every router; the same content again keeps the generation. */
  set(
    project: string,
    routing: { experimentId: number | null; candidateWeightPercent: number; shadowPercent?: number },
  ): Promise<{ generation: number }>;
  /** Sends all users to production if this experiment has some of them now. */
  divert(project: string, experimentId: number): Promise<void>;
}
