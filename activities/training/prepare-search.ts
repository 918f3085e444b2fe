import { Context } from '@temporalio/activity';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { binMatrix } from '../../core/forest/bin-matrix.js';
import type { ModelProject } from '../../core/project.js';
import { searchFolds } from '../../core/training/fold-score.js';
import { planSearch } from '../../core/training/plan-search.js';
import { workFolder, writeSearch } from './search-document.js';
import type { DatasetReference, TrainingDeps } from './training-deps.js';
import { readTrainingRows } from './training-rows.js';

export interface SearchRequest {
  readonly project: string;
  readonly version: string;
  readonly dataset: DatasetReference;
  readonly randomState: number;
  readonly runId: string;
}

/** What the workflow needs to know of a search: where it is written down, and how much there is to do. */
export interface PreparedSearch {
  readonly key: string;
  readonly folds: number;
  readonly rounds: readonly { readonly trials: number; readonly trees: number }[];
}

const MAX_BINS = 256;

/**
 * Draws the trials and writes the training set of each fold: encoded by what the fold's own training rows tell, so that
 * no trial sees the truth of the rows it is scored on. Folds whose encoders do not depend on the rows share one set.
 *
 * @returns null when the project declares no search
 * @throws {InvalidInputError} when the search as declared cannot be made
 */
export async function prepareSearch(
  deps: TrainingDeps,
  project: ModelProject,
  request: SearchRequest,
): Promise<PreparedSearch | null> {
  if (project.training.search === undefined) return null;
  const { train, trainTarget, labels } = await readTrainingRows(deps, project, request.dataset);
  const plan = planSearch(project, train.length, request.randomState);
  if (plan === null) return null;
  const folder = workFolder(project, request.runId);
  const sets: string[] = [];
  for (const fold of searchFolds(project.task, trainTarget, plan.folds, plan.randomState)) {
    Context.current().heartbeat({ foldsPrepared: sets.length, folds: plan.folds });
    const known = Array.from(fold.train, (r) => train[r]!);
    const encoder = fitEncoder(
      project.features,
      known,
      Float64Array.from(fold.train, (r) => trainTarget[r]!),
    );
    const binned = binMatrix(encodeRows(encoder, train), MAX_BINS);
    sets.push(await deps.trainingSets.put(folder, { binned, y: trainTarget, sampleWeight: null }));
  }
  const key = await writeSearch(deps, folder, { plan, task: project.task, classes: labels.length, sets });
  const rounds = plan.rounds.map(({ trials, resource }) => ({ trials, trees: resource }));
  return { key, folds: plan.folds, rounds };
}
