import { Context } from '@temporalio/activity';
import { InvalidInputError } from '../../core/errors.js';
import type { FoldFit } from '../../core/training/fold-score.js';
import { readSearch } from './search-document.js';
import type { TrainingDeps } from './training-deps.js';
import { withHeartbeat } from './with-heartbeat.js';

export interface FoldRequest {
  readonly project: string;
  readonly runId: string;
  /** Key of the search. */
  readonly search: string;
  readonly trial: number;
  readonly fold: number;
  readonly trees: number;
}

export interface FoldScore {
  /** Larger is better; null when these hyperparameters cannot be trained on these data. */
  readonly score: number | null;
  readonly durationMs: number;
  readonly error?: string;
}

/** Id of a trial's run. */
export const trialRunId = (runId: string, trial: number) => `${runId}-trial-${trial}`;

/** Trains one trial without one fold and scores it on that fold. */
export async function evaluateFold(deps: TrainingDeps, request: FoldRequest): Promise<FoldScore> {
  const { project, runId, trial, fold, trees } = request;
  const { plan, task, classes, sets } = await readSearch(deps, request.search);
  const { algorithm, hyperparameters } = plan.trials[trial]!;
  await deps.runs.start({
    id: trialRunId(runId, trial),
    project,
    kind: 'trial',
    parameters: { trial, algorithm, ...hyperparameters },
    parentId: runId,
  });
  const set = await deps.trainingSets.get(sets[fold]!);
  const { metric, folds, randomState } = plan;
  const fit: FoldFit = { algorithm, hyperparameters, task, classes, trees, metric, folds, fold, randomState };
  const started = performance.now();
  const spent = () => Math.round(performance.now() - started);
  try {
    const score = await withHeartbeat((onProgress) =>
      deps.threads.scoreFold(set, fit, { signal: Context.current().cancellationSignal, onProgress }),
    );
    return { score: Number.isFinite(score) ? score : null, durationMs: spent() };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { score: null, durationMs: spent(), error: error.message };
  }
}
