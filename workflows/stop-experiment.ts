import { upsertSearchAttributes } from '@temporalio/workflow';
import { quick } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { withdrawCandidate } from './steps/withdraw-candidate.js';

export interface StopExperimentInput {
  readonly project: string;
  readonly experimentId: number;
  readonly candidate: string;
  readonly reason: string;
  readonly actor: string;
}

/** A person ends the experiment without a verdict: production stays, the candidate is kept. */
export async function stopExperiment(input: StopExperimentInput): Promise<{ experimentId: number; candidate: string }> {
  const { project, experimentId, candidate, reason, actor } = input;
  upsertSearchAttributes([
    { key: projectAttribute, value: project },
    { key: modelVersionAttribute, value: candidate },
    { key: verdictAttribute, value: 'stopped' },
  ]);
  await withdrawCandidate({ project, candidate, experimentId, state: 'stopped', outcome: 'stopped', actor });
  await quick.setModelState(project, candidate, 'retired');
  const details = { candidate };
  await quick.recordAudit({
    project,
    action: 'stop',
    actor,
    subject: `experiment ${experimentId}`,
    reason,
    details,
  });
  return { experimentId, candidate };
}
