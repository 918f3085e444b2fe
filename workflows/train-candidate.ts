import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  defineQuery,
  executeChild,
  isCancellation,
  rootCause,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { deliveryId } from '../core/loop/workflow-ids.js';
import { heavy, quick } from './activity-proxies.js';
import { type DeployInput, type DeployResult, deploy } from './deploy.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { growShards, type ShardProgress } from './steps/grow-shards.js';
import { notify } from './steps/notify.js';
import { type SearchProgress, searchHyperparameters } from './steps/search-hyperparameters.js';

export interface TrainCandidateInput {
  readonly project: string;
  /** Why: the schedule, the API, a rollback, drift, the first start. */
  readonly cause: string;
  readonly actor?: string;
  /** Seed of the training; the default is the same for every training, so that only the data differ. */
  readonly randomState?: number;
  /** Hours to wait before starting: the back-off after repeated rollbacks. */
  readonly delayHours?: number;
  /** Search for better hyperparameters where the project declares how. Default true. */
  readonly search?: boolean;
}

export type TrainingStep = 'waiting' | 'snapshot' | 'searching' | 'training' | 'deploying' | 'done';

export interface TrainingProgress {
  readonly step: TrainingStep;
  readonly version: string | null;
  readonly datasetNumber: number | null;
  /** How far the search is or went; null before it, and without one. */
  readonly search: SearchProgress | null;
  /** Parts of a forest that several workers grow; null when one worker grows it all. */
  readonly shards: ShardProgress | null;
}

export interface TrainCandidateResult {
  readonly outcome: 'deployed' | 'rejected';
  readonly version: string;
  readonly slot: 'production' | 'candidate';
  readonly datasetNumber: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** Why the gates kept the model out; empty when they did not. */
  readonly reasons: readonly string[];
  readonly experimentId: number | null;
}

const trainingProgress = defineQuery<TrainingProgress>('progress');

/** Waits for its turn: a promotion or roll-back of the project that is under way ends first. */
async function deployInTurn(input: DeployInput): Promise<DeployResult> {
  for (;;) {
    try {
      return await executeChild(deploy, { workflowId: deliveryId(input.project), args: [input] });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await sleep('5 seconds');
    }
  }
}

const tellFailure = (project: string, version: string | null, summary: string) =>
  notify({ kind: 'training_failed', project, subject: version ?? project, summary });

/** Raw data → snapshot → model → gates → its slot. The first model goes to production, every later one is the candidate. */
export async function trainCandidate(input: TrainCandidateInput): Promise<TrainCandidateResult> {
  const { project, cause, actor = 'incumbent', randomState = 0, delayHours = 0, search = true } = input;
  let progress: TrainingProgress = { step: 'waiting', version: null, datasetNumber: null, search: null, shards: null };
  setHandler(trainingProgress, () => progress);
  upsertSearchAttributes([{ key: projectAttribute, value: project }]);

  if (delayHours > 0) await sleep(delayHours * 3_600_000);
  const runId = workflowInfo().runId;
  await quick.startRun(project, 'training', { cause, randomState });
  try {
    progress = { ...progress, step: 'snapshot' };
    const dataset = await heavy.snapshotDataset(project);
    const { version, incumbent } = await quick.reserveVersion(project);
    const slot = incumbent === null ? 'production' : 'candidate';
    upsertSearchAttributes([{ key: modelVersionAttribute, value: version }]);

    progress = { ...progress, step: search ? 'searching' : 'training', version, datasetNumber: dataset.number };
    const found = search
      ? await searchHyperparameters({ project, version, dataset, randomState, runId }, (so) => {
          progress = { ...progress, search: so };
        })
      : null;
    progress = { ...progress, step: 'training' };
    const request = { project, version, incumbent, dataset, randomState, runId, found };
    const parts = await growShards(request, (shards) => {
      progress = { ...progress, shards };
    });
    const trained = await heavy.trainModel({ ...request, parts });
    await quick.discardWork(project, 'cancelled');
    const base = { version, slot, datasetNumber: dataset.number, metrics: trained.metrics } as const;
    if (trained.gateFailures.length > 0) {
      const reason = trained.gateFailures.join('; ');
      await quick.setModelState(project, version, 'rejected');
      await quick.recordAudit({ project, action: 'reject', actor, subject: version, reason });
      await quick.finishRun('failed', trained.metrics, reason);
      upsertSearchAttributes([{ key: verdictAttribute, value: 'rejected' }]);
      await tellFailure(project, version, `${version} did not pass its gates: ${reason}`);
      return { ...base, outcome: 'rejected', reasons: trained.gateFailures, experimentId: null };
    }

    progress = { ...progress, step: 'deploying' };
    await quick.setModelState(project, version, 'staged');
    const { experimentId } = await deployInTurn({ project, slot, version, reason: cause, actor });
    await quick.finishRun('succeeded', trained.metrics, null);
    progress = { ...progress, step: 'done' };
    return { ...base, outcome: 'deployed', reasons: [], experimentId };
  } catch (error) {
    const status = isCancellation(error) ? 'cancelled' : 'failed';
    const reason = rootCause(error) ?? String(error);
    await CancellationScope.nonCancellable(async () => {
      await quick.discardWork(project, status);
      await quick.finishRun(status, {}, reason);
    });
    if (status === 'failed') await tellFailure(project, progress.version, `the training failed: ${reason}`);
    throw error;
  }
}
