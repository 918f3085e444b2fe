import { InvalidInputError } from '../errors.js';

/** How a confidence sequence is tuned: to be narrowest near `expectedSize` observations. */
export interface SequenceTuning {
  /** One-sided error probability over all looks together, (0, 0.5). */
  readonly alpha: number;
  /** ρ of the normal mixture, > 0. */
  readonly rho: number;
}

/**
 * ρ that makes the one-sided sequence narrowest at the expected size: √[(−2 ln 2α + ln(1 − 2 ln 2α)) / N*].
 * It must be fixed before the data are seen.
 *
 * @param expectedSize N*, observations expected at the decision, > 0
 * @param alpha one-sided, (0, 0.5)
 * @throws {InvalidInputError} outside these ranges
 * @see Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, arXiv 2103.06476, section on tuning ρ
 */
export function tuneSequence(expectedSize: number, alpha: number): SequenceTuning {
  if (!(expectedSize > 0) || !Number.isFinite(expectedSize)) {
    throw new InvalidInputError(`the expected size must be greater than 0, got ${expectedSize}`);
  }
  if (!(alpha > 0 && alpha < 0.5)) throw new InvalidInputError(`alpha must lie in (0, 0.5), got ${alpha}`);
  const twoLog = -2 * Math.log(2 * alpha);
  return { alpha, rho: Math.sqrt((twoLog + Math.log(1 + twoLog)) / expectedSize) };
}

/**
 * Half-width h of the one-sided asymptotic confidence sequence after n observations:
 * SE √[2(nρ² + 1)/(nρ²) · ln(1 + √(nρ² + 1)/(2α))]. "effect > estimate − h" holds at every look at once with probability
 * 1 − α as n grows, so one may look whenever one likes; the same is true of "effect < estimate + h".
 *
 * @param standardError of the estimate now, ≥ 0
 * @param n observations now, > 0
 * @see Waudby-Smith et al., arXiv 2103.06476, equation 134
 */
export function sequenceRadius(standardError: number, n: number, { alpha, rho }: SequenceTuning): number {
  const t = n * rho * rho;
  return standardError * Math.sqrt(((2 * (t + 1)) / t) * Math.log(1 + Math.sqrt(t + 1) / (2 * alpha)));
}
