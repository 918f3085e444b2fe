import { InvalidInputError } from '../errors.js';
import type { GroupedSample } from './grouped-sample.js';
import { nthDifference } from './nth-difference.js';
import { normalQuantile } from './standard-normal.js';

export interface ShiftEstimate {
  /** Median of all differences current − reference. */
  readonly shift: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Hodges-Lehmann shift between two samples, with the interval that inverts the Mann-Whitney test (normal approximation):
 * the C-th smallest and C-th largest difference, C = mn/2 − z √(mn(m + n + 1)/12). For ratings the shift moves in whole or half steps.
 *
 * @param confidence of the interval, (0, 1)
 * @throws {InvalidInputError} if `confidence` is outside (0, 1)
 * @see Hodges & Lehmann 1963; Conover 1999, section 5.4
 */
export function hodgesLehmann(reference: GroupedSample, current: GroupedSample, confidence = 0.95): ShiftEstimate {
  if (!(confidence > 0 && confidence < 1))
    throw new InvalidInputError(`confidence must lie in (0, 1), got ${confidence}`);
  const [m, n] = [reference.size, current.size];
  const pairs = m * n;
  const shift =
    (nthDifference(reference, current, Math.floor((pairs - 1) / 2)) +
      nthDifference(reference, current, Math.floor(pairs / 2))) /
    2;
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt((pairs * (m + n + 1)) / 12);
  const rank = Math.max(0, Math.floor(pairs / 2 - reach) - 1);
  return {
    shift,
    low: nthDifference(reference, current, rank),
    high: nthDifference(reference, current, pairs - 1 - rank),
  };
}
