import { upsertSearchAttributes } from '@temporalio/workflow';
import { quick } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute } from './search-attributes.js';
import { startExperiment } from './steps/start-experiment.js';
import { switchProduction } from './steps/switch-production.js';
import { withdrawCandidate } from './steps/withdraw-candidate.js';

export interface DeployInput {
  readonly project: string;
  readonly slot: 'production' | 'candidate';
  readonly version: string;
  readonly reason: string;
  readonly actor: string;
}

export interface DeployResult {
  readonly version: string;
  readonly slot: 'production' | 'candidate';
  /** What the slot held before. */
  readonly previous: string | null;
  /** The experiment that a candidate's deployment started. */
  readonly experimentId: number | null;
}

/**
 * Puts a version into a slot. An open experiment ends first: it compared what will no longer stand side by side.
 * Its candidate is retired, not deleted: nothing was decided against it.
 */
export async function deploy(input: DeployInput): Promise<DeployResult> {
  const { project, slot, version, reason, actor } = input;
  upsertSearchAttributes([
    { key: projectAttribute, value: project },
    { key: modelVersionAttribute, value: version },
  ]);
  const open = await quick.currentExperiment(project);
  if (open) {
    const outcome = slot === 'candidate' ? 'inconclusive' : 'stopped';
    const state = slot === 'candidate' ? 'expired' : 'stopped';
    await withdrawCandidate({
      project,
      candidate: open.candidateVersion,
      experimentId: open.id,
      state,
      outcome,
      actor,
    });
    await quick.setModelState(project, open.candidateVersion, 'retired');
  }
  const { production, candidate } = await quick.readSlots(project);
  let experimentId: number | null = null;
  if (slot === 'production' || production === null) {
    await switchProduction({ project, version, previous: production, reason, actor });
  } else {
    const previousCandidate = candidate;
    experimentId = await startExperiment({ project, production, candidate: version, previousCandidate, reason, actor });
  }
  await quick.recordAudit({
    project,
    action: 'deploy',
    actor,
    subject: version,
    reason,
    details: { slot, experimentId },
  });
  return { version, slot, previous: slot === 'production' ? production : candidate, experimentId };
}
