import { type BootstrapInterval, type BootstrapOptions, bootstrapReplicates, quantileOf } from './bootstrap.js';

export interface PairedBootstrap extends BootstrapInterval {
  /** Share of resamples whose mean is above 0, 0..1; resamples at exactly 0 count half. */
  readonly shareAboveZero: number;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/**
 * Is the mean of paired differences away from 0? Two models judged on the same rows: pass error of one minus error of the other, row
 * by row; what both find hard cancels.
 *
 * @param differences one per row, shape (n,), n ≥ 1
 * @throws {InvalidInputError} if there are none, or the options are outside their ranges
 */
export function pairedBootstrap(differences: ArrayLike<number>, options: BootstrapOptions): PairedBootstrap {
  const means = bootstrapReplicates(differences, mean, options);
  const tail = (1 - (options.confidence ?? 0.95)) / 2;
  let above = 0;
  for (const value of means) above += value > 0 ? 1 : value === 0 ? 0.5 : 0;
  return {
    estimate: mean(differences),
    low: quantileOf(means, tail),
    high: quantileOf(means, 1 - tail),
    shareAboveZero: above / means.length,
  };
}
