import { CancellationScope } from '@temporalio/workflow';
import type { ExperimentTerms } from '../../activities/experiment.js';
import { quick, waiting } from '../activity-proxies.js';
import { watchExperiment } from './watch-experiment.js';

export interface Contest {
  readonly project: string;
  readonly production: string;
  readonly candidate: string;
  /** What the candidate slot holds now: normally nothing. */
  readonly previousCandidate: string | null;
  readonly reason: string;
  readonly actor: string;
  /** What differs from the project's own way of comparing. */
  readonly terms?: ExperimentTerms | undefined;
}

/**
 * Puts a candidate beside production: in the shadow, on the first step of the ramp or with its full share of users, as the
 * project wants it. That begins only when the candidate's instances serve it and every router follows, so that nobody is
 * counted before.
 *
 * @returns the experiment's id
 */
export async function startExperiment(contest: Contest): Promise<number> {
  const { project, production, candidate, previousCandidate, reason, actor } = contest;
  const experiment = await quick.openExperiment(project, production, candidate, contest.terms ?? {});
  const change = { project, slot: 'candidate' as const, reason, actor };
  const generation = await quick.assignSlot({ ...change, version: candidate, expectedVersion: previousCandidate });
  try {
    await waiting.awaitInstances(project, 'candidate', generation, 1);
    const { after } = await quick.trafficAfter(experiment.id, { type: 'warmed' });
    await waiting.routeTraffic(project, after.experimentId, after.candidateWeightPercent, after.shadowPercent);
  } catch (error) {
    await CancellationScope.nonCancellable(async () => {
      await waiting.routeTraffic(project, null, 0);
      await quick.assignSlot({ ...change, version: null, expectedVersion: candidate });
      await quick.endExperiment(experiment.id, 'stopped', 'failed to start', String(error), actor);
    });
    throw error;
  }
  await quick.setModelState(project, candidate, 'candidate');
  await quick.moveExperiment(experiment.id, { type: 'warmed' }, reason, actor);
  await watchExperiment({ project, experimentId: experiment.id, candidate });
  return experiment.id;
}
