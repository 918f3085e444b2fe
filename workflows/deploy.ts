import { upsertSearchAttributes } from '@temporalio/workflow';
import type { ExperimentTerms } from '../activities/experiment.js';
import { quick } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { startExperiment } from './steps/start-experiment.js';
import { switchProduction } from './steps/switch-production.js';
import { withdrawCandidate } from './steps/withdraw-candidate.js';

export interface DeployInput {
  readonly project: string;
  readonly slot: 'production' | 'candidate';
  readonly version: string;
  readonly reason: string;
  readonly actor: string;
  /** For a candidate: what differs from the project's own way of comparing. */
  readonly terms?: ExperimentTerms;
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
  const { project, slot, version, reason, actor, terms } = input;
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
      reason: `${version} takes the ${slot} slot`,
      actor,
    });
    await quick.setModelState(project, open.candidateVersion, 'retired');
    const summary = `Experiment ${open.id} with ${open.candidateVersion} ended (${outcome}): ${version} takes the ${slot} slot.`;
    await notify({ kind: 'experiment_ended', project, subject: open.candidateVersion, summary });
  }
  const { production, candidate } = await quick.readSlots(project);
  let experimentId: number | null = null;
  if (slot === 'production' || production === null) {
    await switchProduction({ project, version, previous: production, reason, actor });
  } else {
    const previousCandidate = candidate;
    experimentId = await startExperiment({
      project,
      production,
      candidate: version,
      previousCandidate,
      reason,
      actor,
      terms,
    });
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
