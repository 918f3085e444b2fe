import { CancellationScope } from '@temporalio/workflow';
import { quick, waiting } from '../activity-proxies.js';

export interface Contest {
  readonly project: string;
  readonly production: string;
  readonly candidate: string;
  /** What the candidate slot holds now: normally nothing. */
  readonly previousCandidate: string | null;
  readonly reason: string;
  readonly actor: string;
}

/**
 * Puts a candidate beside production and sends it its share of users. The clock starts only when the candidate's
 * instances serve it and every router splits, so that nobody is counted before that.
 *
 * @returns the experiment's id
 */
export async function startExperiment(contest: Contest): Promise<number> {
  const { project, production, candidate, previousCandidate, reason, actor } = contest;
  const experiment = await quick.openExperiment(project, production, candidate);
  const change = { project, slot: 'candidate' as const, reason, actor };
  const generation = await quick.assignSlot({ ...change, version: candidate, expectedVersion: previousCandidate });
  try {
    await waiting.awaitInstances(project, 'candidate', generation, 1);
    await waiting.routeTraffic(project, experiment.id, experiment.candidateWeightPercent);
  } catch (error) {
    await CancellationScope.nonCancellable(async () => {
      await waiting.routeTraffic(project, null, 0);
      await quick.assignSlot({ ...change, version: null, expectedVersion: candidate });
      await quick.endExperiment(experiment.id, 'stopped', 'failed to start');
    });
    throw error;
  }
  await quick.setModelState(project, candidate, 'candidate');
  await quick.startExperiment(experiment.id);
  return experiment.id;
}
