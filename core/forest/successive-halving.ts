import { InvalidInputError } from '../errors.js';

/** One round of successive halving: so many trials, each with so much of the resource (trees, say). */
export interface HalvingRound {
  readonly trials: number;
  readonly resource: number;
}

export interface HalvingOptions {
  /** Trials of the first round. */
  readonly trials: number;
  /** Resource of a trial in the first round and in the last. */
  readonly minResource: number;
  readonly maxResource: number;
  /** Each round keeps one in so many trials. Default 3. */
  readonly reduction?: number;
}

/** A finished trial; a higher score is better. A trial that failed has the score NaN. */
export interface TrialScore {
  readonly trial: number;
  readonly score: number;
}

/**
 * The rounds of successive halving: the trials fall and the resource grows by `reduction` from round to round, until
 * one trial is left or the whole resource is given. The last round has the whole resource.
 *
 * @throws {InvalidInputError} naming the option that does not fit
 * @see Jamieson & Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization"
 */
export function planHalving({ trials, minResource, maxResource, reduction = 3 }: HalvingOptions): HalvingRound[] {
  if (!Number.isInteger(trials) || trials < 1) throw new InvalidInputError(`trials must be 1 or more, got ${trials}`);
  if (
    !Number.isInteger(minResource) ||
    !Number.isInteger(maxResource) ||
    minResource < 1 ||
    maxResource < minResource
  ) {
    throw new InvalidInputError(`resources must be integers 1 ≤ min ≤ max, got ${minResource} and ${maxResource}`);
  }
  if (!(reduction > 1)) throw new InvalidInputError(`reduction must be above 1, got ${reduction}`);
  const rounds: HalvingRound[] = [];
  for (let left = trials, resource = minResource; ; ) {
    const isLast = left === 1 || resource >= maxResource;
    rounds.push({ trials: left, resource: isLast ? maxResource : resource });
    if (isLast) return rounds;
    left = Math.max(1, Math.floor(left / reduction));
    resource = Math.min(maxResource, Math.ceil(resource * reduction));
  }
}

/**
 * The trials that go on to the next round: those with the highest scores; of equals the one with the lower number, so
 * that the outcome does not depend on which worker was faster. Failed trials never go on.
 *
 * @param keep how many the next round has room for
 * @returns trial numbers, best first; fewer than `keep` when too many failed
 */
export function survivors(scores: readonly TrialScore[], keep: number): number[] {
  return scores
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => b.score - a.score || a.trial - b.trial)
    .slice(0, keep)
    .map(({ trial }) => trial);
}
