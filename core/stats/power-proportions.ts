import { InvalidInputError } from '../errors.js';
import { normalCdf, normalQuantile } from './standard-normal.js';

/** A planned comparison of two proportions by the pooled z test. */
export interface ProportionsDesign {
  /** Production's proportion, (0, 1). */
  readonly baseline: number;
  /** Trials of production for each one of the candidate: 4 for a split of 80/20. */
  readonly ratio?: number;
  readonly alpha?: number;
  readonly twoSided?: boolean;
}

function spreads(effect: number, design: ProportionsDesign) {
  const { baseline, ratio = 1, alpha = 0.05, twoSided = true } = design;
  const changed = baseline + effect;
  const inside = (p: number) => p > 0 && p < 1;
  if (!inside(baseline) || !inside(changed) || !inside(alpha) || !(ratio > 0) || effect === 0) {
    throw new InvalidInputError(
      `proportions and alpha must lie in (0, 1), ratio above 0 and the effect not be 0; got ${baseline}, ${changed}, ${alpha}, ${ratio}, ${effect}`,
    );
  }
  const pooled = (changed + ratio * baseline) / (1 + ratio);
  return {
    underNull: Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio)),
    underEffect: Math.sqrt(changed * (1 - changed) + (baseline * (1 - baseline)) / ratio),
    critical: -normalQuantile(twoSided ? alpha / 2 : alpha),
  };
}

/**
 * Candidate trials needed to see a change of a proportion with this power:
 * ((z_α √(p̄q̄(1 + 1/k)) + z_power √(p_c q_c + p_p q_p / k)) / effect)². Not rounded.
 *
 * @param effect candidate's proportion minus the baseline
 * @throws {InvalidInputError} outside the ranges
 * @see Fleiss, Levin & Paik 2003, "Statistical Methods for Rates and Proportions", chapter 4 (without correction)
 */
export function sampleSizeForProportions(effect: number, power: number, design: ProportionsDesign): number {
  if (!(power > 0 && power < 1)) throw new InvalidInputError(`power must lie in (0, 1), got ${power}`);
  const { underNull, underEffect, critical } = spreads(effect, design);
  return ((critical * underNull + normalQuantile(power) * underEffect) / effect) ** 2;
}

/** Probability of calling a true change of a proportion significant with this many candidate trials; the far tail is left out. */
export function powerForProportions(effect: number, trials: number, design: ProportionsDesign): number {
  if (!(trials > 0)) throw new InvalidInputError(`trials must be greater than 0, got ${trials}`);
  const { underNull, underEffect, critical } = spreads(effect, design);
  return normalCdf((Math.abs(effect) * Math.sqrt(trials) - critical * underNull) / underEffect);
}
