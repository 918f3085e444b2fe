import type { InstanceView } from '../../api/control.js';

/** What the slots hold, who serves it, and the latest delivery. */
export interface DeployStatus {
  readonly production: { readonly version: string; readonly generation: number } | null;
  readonly instances: readonly InstanceView[];
  readonly delivery: { readonly status: string; readonly started_at: string } | null;
}

export interface DeliveryState {
  /** What is under way, in words. */
  readonly note: string;
  /** Why nothing else can be delivered; null where it can: a delivery that failed is what a roll back is for. */
  readonly off: string | null;
}

/**
 * Whether the version in the production slot is still on its way. An instance confirms by the generation it serves, which is what a
 * delivery waits for.
 *
 * @returns null when every production instance that is well has confirmed and no delivery runs
 */
export function deliveryState({ production, instances, delivery }: DeployStatus): DeliveryState | null {
  const running = delivery?.status === 'running';
  const serving = instances.filter(({ role, healthy }) => role === 'production' && healthy);
  const confirmed = serving.filter(({ generation }) => generation >= (production?.generation ?? 0)).length;
  if (!running && confirmed === serving.length) return null;
  const begun = running ? 'A delivery is under way.' : 'The last delivery has not reached every instance.';
  const how = `${confirmed} of ${serving.length} production instances confirmed ${production?.version}.`;
  return {
    note: production === null || serving.length === 0 ? begun : `${begun} ${how}`,
    off: running ? 'A delivery is under way: wait until it has ended.' : null,
  };
}
