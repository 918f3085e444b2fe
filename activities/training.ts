import { trainingOf } from '../core/training/training-of.js';
import { caller, stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import { type ClosedRound, closeRound, type RoundRequest } from './training/close-round.js';
import { evaluateFold, type FoldRequest, type FoldScore } from './training/evaluate-fold.js';
import { type PreparedSearch, prepareSearch, type SearchRequest } from './training/prepare-search.js';
import { workFolder } from './training/search-document.js';
import { growShard, type PreparedShards, prepareShards, type ShardRequest } from './training/shards.js';
import { snapshotDataset } from './training/snapshot-dataset.js';
import { trainModel } from './training/train-model.js';
import type { DatasetReference, TrainingDeps, TrainRequest } from './training/training-deps.js';

/** From raw data to a written, registered model. */
export function createTrainingActivities(deps: TrainingDeps) {
  const { project, registry, slots, runs } = deps;
  return withDomainFailures({
    async startRun(name: string, kind: string, parameters: Record<string, unknown>): Promise<void> {
      await runs.start({ id: caller().runId, project: name, kind, parameters });
    },

    async finishRun(
      status: 'succeeded' | 'failed' | 'cancelled',
      metrics: Readonly<Record<string, number>>,
      error: string | null,
    ): Promise<void> {
      await runs.finish(caller().runId, { status, metrics, error });
    },

    /** Cleans the raw data and the reported actual values into an immutable `train_V{n}.csv`. */
    async snapshotDataset(name: string): Promise<DatasetReference> {
      return snapshotDataset(deps, project(name), stepKey('dataset'));
    },

    /** The version this run trains: BO1 while nothing is in production, else the next candidate. */
    async reserveVersion(name: string): Promise<{ version: string; incumbent: string | null }> {
      const { version: incumbent } = await slots.get(name, 'production');
      const { version, parentVersion } = await registry.reserve({
        project: name,
        prefix: project(name).prefix,
        kind: incumbent === null ? 'BO' : 'CO',
        parentVersion: incumbent,
        idempotencyKey: stepKey('version'),
      });
      return { version, incumbent: parentVersion };
    },

    /** Draws the trials of the search that the project declares and writes their training sets. */
    async prepareSearch(request: SearchRequest): Promise<PreparedSearch | null> {
      return prepareSearch(deps, trainingOf(project(request.project), request.version), request);
    },

    /** One fold of one trial. */
    async evaluateFold(request: FoldRequest): Promise<FoldScore> {
      return evaluateFold(deps, request);
    },

    /** Which trials go on; records what they have shown. */
    async closeRound(request: RoundRequest): Promise<ClosedRound> {
      return closeRound(deps, request);
    },

    /** Whether the forest is grown in parts, and in which. */
    async prepareShards(request: TrainRequest): Promise<PreparedShards | null> {
      return prepareShards(deps, trainingOf(project(request.project), request.version), request);
    },

    /** One part of a forest. */
    async growShard(request: ShardRequest): Promise<string> {
      return growShard(deps, request);
    },

    /** Removes what the steps of a run handed to each other, and ends the runs of trials that were cut off. */
    async discardWork(name: string, outcome: 'cancelled' | 'failed'): Promise<void> {
      const { runId } = caller();
      await deps.objects.deletePrefix(workFolder(project(name), runId));
      await runs.finishChildren(runId, outcome);
    },

    /** Trains, evaluates against the incumbent on the same rows, checks the gates, writes the artifacts. */
    async trainModel(request: TrainRequest): Promise<{ metrics: Record<string, number>; gateFailures: string[] }> {
      return trainModel(deps, trainingOf(project(request.project), request.version), request);
    },
  });
}

export type TrainingActivities = ReturnType<typeof createTrainingActivities>;
