import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { quick, waiting } from '../activity-proxies.js';

export interface Withdrawal {
  readonly project: string;
  /** What the candidate slot holds now. */
  readonly candidate: string;
  readonly experimentId: number;
  readonly state: 'decided' | 'expired' | 'stopped';
  /** For example `promote`, `rollback`, `inconclusive`. */
  readonly outcome: string;
  /** For its history. */
  readonly reason: string;
  readonly actor: string;
}

/** Ends an experiment: its users go to production first, then the candidate's slot is emptied and its instances follow. */
export async function withdrawCandidate(withdrawal: Withdrawal): Promise<void> {
  const { project, candidate, experimentId, state, outcome, reason, actor } = withdrawal;
  await waiting.routeTraffic(project, null, 0);
  const emptied = {
    project,
    slot: 'candidate',
    version: null,
    expectedVersion: candidate,
    reason: outcome,
    actor,
  } as const;
  const generation = await quick.assignSlot(emptied);
  await waiting.awaitInstances(project, 'candidate', generation, 0);
  const { withdrawnApproval } = await quick.endExperiment(experimentId, state, outcome, reason, actor);
  if (!withdrawnApproval) return;
  try {
    await getExternalWorkflowHandle(withdrawnApproval).signal('withdraw');
  } catch (error) {
    // who waited for the answer is gone already: there is nobody to tell
    log.warn('no approval to withdraw', { project, reason: String(error) });
  }
}
