import type { ClosedRound } from '../../activities/training/close-round.js';
import type { FoldScore } from '../../activities/training/evaluate-fold.js';
import type { SearchRequest } from '../../activities/training/prepare-search.js';
import type { FoundTrial } from '../../activities/training/training-deps.js';
import { fanned, heavy, quick } from '../activity-proxies.js';
import { inParallel } from './in-parallel.js';

/** How far a search is. */
export interface SearchProgress {
  /** From 1. */
  readonly round: number;
  readonly rounds: number;
  /** Trials of this round. */
  readonly trials: number;
  /** Fits (a trial's fold) done in this round, and how many there are. */
  readonly fitsDone: number;
  readonly fits: number;
  /** The best trial of the rounds that are over. */
  readonly best: ClosedRound['best'] | null;
}

/** Enough for every thread of many workers; a history holds a round of any size in bites of this. */
const FITS_AT_ONCE = 64;

/**
 * Cross-validated random search with successive halving: every fold of every trial is a step that any worker may take.
 * A step that is done stays done, whatever happens to the worker that did it.
 *
 * @param tell receives the progress
 * @returns null when the project declares no search
 */
export async function searchHyperparameters(
  request: SearchRequest,
  tell: (progress: SearchProgress) => void,
): Promise<FoundTrial | null> {
  const prepared = await heavy.prepareSearch(request);
  if (prepared === null) return null;
  const { key: search, folds, rounds } = prepared;
  const { project, runId } = request;
  let left = Array.from({ length: rounds[0]!.trials }, (_, trial) => trial);
  let best: ClosedRound['best'] | null = null;
  for (const [round, { trees }] of rounds.entries()) {
    const fits = left.flatMap((trial) => Array.from({ length: folds }, (_, fold) => ({ trial, fold })));
    const base = { round: round + 1, rounds: rounds.length, trials: left.length, fits: fits.length, best };
    let fitsDone = 0;
    tell({ ...base, fitsDone });
    const scores = await inParallel(fits, FITS_AT_ONCE, async (fit): Promise<FoldScore> => {
      const score = await fanned.evaluateFold({ project, runId, search, ...fit, trees });
      tell({ ...base, fitsDone: ++fitsDone });
      return score;
    });
    const results = left.map((trial, i) => ({ trial, folds: scores.slice(i * folds, (i + 1) * folds) }));
    const closed: ClosedRound = await quick.closeRound({ runId, search, round, results });
    left = [...closed.survivors];
    best = closed.best;
  }
  return best && { search, trial: best.trial, metric: best.metric, score: best.score };
}
