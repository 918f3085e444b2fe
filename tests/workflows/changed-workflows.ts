import { heavy, quick } from '../../workflows/activity-proxies.js';
import type { PromoteInput } from '../../workflows/promote.js';

/** The negative control of the replay test: asks for the slots before it copies, which no recorded promotion did. */
export async function promote({ project, candidate }: PromoteInput): Promise<void> {
  await quick.readSlots(project);
  await heavy.copyToProduction(project, candidate);
}
