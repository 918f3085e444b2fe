import { CancellationScope } from '@temporalio/workflow';
import { quick, waiting } from '../activity-proxies.js';

export interface Switch {
  readonly project: string;
  readonly version: string;
  /** What production serves now; null before the first model. */
  readonly previous: string | null;
  readonly reason: string;
  readonly actor: string;
}

/**
 * Production serves another version: done when every living production instance says so. If one cannot, the previous
 * version is put back and the failure is passed on, so there is always exactly one incumbent.
 */
export async function switchProduction({ project, version, previous, reason, actor }: Switch): Promise<void> {
  const change = { project, slot: 'production' as const, version, expectedVersion: previous, reason, actor };
  const generation = await quick.assignSlot(change);
  try {
    await waiting.awaitInstances(project, 'production', generation, 1);
  } catch (error) {
    await CancellationScope.nonCancellable(async () => {
      const undone = await quick.assignSlot({
        ...change,
        version: previous,
        expectedVersion: version,
        reason: `undone: ${version} was not confirmed by every production instance`,
      });
      if (previous !== null) await waiting.awaitInstances(project, 'production', undone, 1);
    });
    throw error;
  }
  await quick.setModelState(project, version, 'production');
  if (previous !== null && previous !== version) await quick.setModelState(project, previous, 'retired');
}
