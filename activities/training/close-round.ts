import { InvalidInputError } from '../../core/errors.js';
import { survivors } from '../../core/forest/successive-halving.js';
import { type FoldScore, trialRunId } from './evaluate-fold.js';
import { readSearch } from './search-document.js';
import type { TrainingDeps } from './training-deps.js';

export interface RoundRequest {
  readonly runId: string;
  /** Key of the search. */
  readonly search: string;
  /** From 0. */
  readonly round: number;
  readonly results: readonly { readonly trial: number; readonly folds: readonly FoldScore[] }[];
}

export interface ClosedRound {
  /** Trials that go on, best first; after the last round the winner alone. */
  readonly survivors: readonly number[];
  readonly best: {
    readonly trial: number;
    /** Mean over the folds; larger is better. */
    readonly score: number;
    readonly metric: string;
    readonly algorithm: string;
    readonly hyperparameters: Readonly<Record<string, unknown>>;
  };
}

/**
 * Decides which trials go on, and records what each has shown: its loss over the trees, and its end.
 *
 * @throws {InvalidInputError} when every trial failed
 */
export async function closeRound(deps: TrainingDeps, request: RoundRequest): Promise<ClosedRound> {
  const { runId, round, results } = request;
  const { plan } = await readSearch(deps, request.search);
  const { metric, rounds } = plan;
  const trees = rounds[round]!.resource;
  const scores = results.map(({ trial, folds }) => ({
    trial,
    score: folds.reduce((sum, { score }) => sum + (score ?? Number.NaN), 0) / folds.length,
  }));
  const next = rounds[round + 1];
  const kept = survivors(scores, next?.trials ?? 1);
  for (const [i, { trial, folds }] of results.entries()) {
    const id = trialRunId(runId, trial);
    const { score } = scores[i]!;
    await deps.runs.logSteps(id, [{ name: metric, step: trees, value: -score }]);
    if (next && kept.includes(trial)) continue;
    const error = folds.find((fold) => fold.error !== undefined)?.error ?? null;
    const fitMs = folds.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const metrics = { rounds: round + 1, trees, fitMs, ...(Number.isNaN(score) ? {} : { [metric]: -score }) };
    await deps.runs.finish(id, { status: error === null ? 'succeeded' : 'failed', metrics, error });
  }
  const [winner] = kept;
  if (winner === undefined) {
    const reason = results.flatMap(({ folds }) => folds).find(({ error }) => error !== undefined)?.error;
    throw new InvalidInputError(`all ${results.length} trials of the search failed: ${reason ?? 'no finite score'}`);
  }
  const { algorithm, hyperparameters } = plan.trials[winner]!;
  const { score } = scores.find(({ trial }) => trial === winner)!;
  return {
    survivors: kept,
    best: { trial: winner, score, metric, algorithm, hyperparameters: { ...hyperparameters } },
  };
}
