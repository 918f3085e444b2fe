import { upsertSearchAttributes } from '@temporalio/workflow';
import { quick } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { withdrawCandidate } from './steps/withdraw-candidate.js';

/** Why an experiment ends without a winner, and how that is told: state, action in the audit log. */
const endings = {
  stopped: ['stopped', 'stop'],
  rejected: ['decided', 'rejection'],
  emergency_stop: ['stopped', 'emergency_stop'],
  harm: ['stopped', 'hold'],
  inconclusive: ['expired', 'retire'],
} as const;

export interface StopExperimentInput {
  readonly project: string;
  readonly experimentId: number;
  readonly candidate: string;
  readonly reason: string;
  readonly actor: string;
  /** Default: `stopped`, a person's wish. */
  readonly outcome?: keyof typeof endings;
}

/** Ends an experiment without a promotion: production stays, the candidate is kept. */
export async function stopExperiment(input: StopExperimentInput): Promise<{ experimentId: number; candidate: string }> {
  const { project, experimentId, candidate, reason, actor, outcome = 'stopped' } = input;
  upsertSearchAttributes([
    { key: projectAttribute, value: project },
    { key: modelVersionAttribute, value: candidate },
    { key: verdictAttribute, value: outcome },
  ]);
  const [state, action] = endings[outcome];
  await quick.checkOpen(project, experimentId);
  await withdrawCandidate({ project, candidate, experimentId, state, outcome, reason, actor });
  await quick.setModelState(project, candidate, 'retired');
  const subject = outcome === 'stopped' ? `experiment ${experimentId}` : candidate;
  await quick.recordAudit({ project, action, actor, subject, reason, details: { candidate, experimentId } });
  if (outcome !== 'emergency_stop') {
    const summary = `Experiment ${experimentId} with ${candidate} ended (${outcome}): ${reason}`;
    const details = { experiment: experimentId };
    await notify({ kind: 'experiment_ended', project, subject: candidate, summary, details });
  }
  return { experimentId, candidate };
}
