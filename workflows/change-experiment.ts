import { CancellationScope, upsertSearchAttributes } from '@temporalio/workflow';
import type { ExperimentEvent, OpenState } from '../core/experiment/experiment-life.js';
import { quick, waiting } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute } from './search-attributes.js';

export interface ChangeExperimentInput {
  readonly project: string;
  readonly experimentId: number;
  readonly candidate: string;
  readonly event: ExperimentEvent;
  readonly reason: string;
  readonly actor: string;
}

export interface ChangeExperimentResult {
  readonly experimentId: number;
  readonly state: OpenState;
  /** Share of users that the candidate gets now, percent. */
  readonly candidateWeightPercent: number;
}

/**
 * Moves an experiment on: the next phase, a pause, other weights. The routers follow first, then the row says so: a clock that
 * begins anew counts only what was split by the new weights.
 */
export async function changeExperiment(input: ChangeExperimentInput): Promise<ChangeExperimentResult> {
  const { project, experimentId, candidate, event, reason, actor } = input;
  upsertSearchAttributes([
    { key: projectAttribute, value: project },
    { key: modelVersionAttribute, value: candidate },
  ]);
  const { before, after, state } = await quick.trafficAfter(experimentId, event);
  try {
    await waiting.routeTraffic(project, after.experimentId, after.candidateWeightPercent, after.shadowPercent);
    await quick.moveExperiment(experimentId, event, reason, actor);
  } catch (error) {
    await CancellationScope.nonCancellable(() =>
      waiting.routeTraffic(project, before.experimentId, before.candidateWeightPercent, before.shadowPercent),
    );
    throw error;
  }
  const { candidateWeightPercent } = after;
  const details = { candidate, state, candidateWeightPercent };
  const subject = `experiment ${experimentId}`;
  await quick.recordAudit({ project, action: `experiment.${event.type}`, actor, subject, reason, details });
  return { experimentId, state, candidateWeightPercent };
}
