import { InvalidInputError } from '../errors.js';
import { normalCdf, normalQuantile } from './standard-normal.js';

/** A planned comparison of two means of independent observations. */
export interface MeansDesign {
  /** Standard deviation of one observation, > 0. */
  readonly standardDeviation: number;
  /** Observations of production for each one of the candidate: 4 for a split of 80/20. */
  readonly ratio?: number;
  /** Error probability, (0, 1). */
  readonly alpha?: number;
  readonly twoSided?: boolean;
}

const settled = ({ standardDeviation, ratio = 1, alpha = 0.05, twoSided = true }: MeansDesign) => {
  if (!(standardDeviation > 0) || !(ratio > 0) || !(alpha > 0 && alpha < 1)) {
    throw new InvalidInputError(
      `standardDeviation and ratio must be greater than 0 and alpha in (0, 1), got ${standardDeviation}, ${ratio}, ${alpha}`,
    );
  }
  return {
    spread: standardDeviation * Math.sqrt(1 + 1 / ratio),
    critical: -normalQuantile(twoSided ? alpha / 2 : alpha),
    twoSided,
  };
};

const checkedPower = (power: number): number => {
  if (power > 0 && power < 1) return power;
  throw new InvalidInputError(`power must lie in (0, 1), got ${power}`);
};

/**
 * Candidate observations needed to see a difference of means with this power: (z_α + z_power)² σ² (1 + 1/ratio) / effect².
 *
 * @param effect difference of the means, not 0
 * @param power (0, 1)
 * @returns not rounded
 * @throws {InvalidInputError} outside the ranges
 */
export function sampleSizeForMeans(effect: number, power: number, design: MeansDesign): number {
  const { spread, critical } = settled(design);
  if (effect === 0 || !Number.isFinite(effect)) throw new InvalidInputError(`the effect must not be 0, got ${effect}`);
  return (((critical + normalQuantile(checkedPower(power))) * spread) / effect) ** 2;
}

/** Smallest difference of means that this many candidate observations show with this power, > 0. */
export function detectableDifference(observations: number, power: number, design: MeansDesign): number {
  const { spread, critical } = settled(design);
  if (!(observations > 0)) throw new InvalidInputError(`observations must be greater than 0, got ${observations}`);
  return ((critical + normalQuantile(checkedPower(power))) * spread) / Math.sqrt(observations);
}

/** Probability of calling a true difference significant with this many candidate observations. */
export function powerForMeans(effect: number, observations: number, design: MeansDesign): number {
  const { spread, critical, twoSided } = settled(design);
  if (!(observations > 0)) throw new InvalidInputError(`observations must be greater than 0, got ${observations}`);
  const shift = (Math.abs(effect) * Math.sqrt(observations)) / spread;
  return normalCdf(shift - critical) + (twoSided ? normalCdf(-shift - critical) : 0);
}
