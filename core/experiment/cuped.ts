import { InvalidInputError } from '../errors.js';
import { normalQuantile } from '../stats/standard-normal.js';

/** One variant's users with an outcome y and a covariate x known before the experiment (their mean rating of last month, say). */
export interface CupedMoments {
  readonly users: number;
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xx: number;
  readonly xy: number;
}

export interface CupedReading {
  /** θ of the regression, the same for both variants. */
  readonly coefficient: number;
  readonly effect: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** Plain difference of the means of the same users, for comparison. */
  readonly unadjustedEffect: number;
  readonly unadjustedStandardError: number;
  /** Share of the variance that the covariate explains away, 0..1. */
  readonly varianceReduction: number;
}

/** Adds users with an outcome and a covariate up. */
export function cupedMoments(rows: Iterable<{ readonly outcome: number; readonly covariate: number }>): CupedMoments {
  const sums = { users: 0, y: 0, x: 0, yy: 0, xx: 0, xy: 0 };
  for (const { outcome: y, covariate: x } of rows) {
    sums.users++;
    sums.y += y;
    sums.x += x;
    sums.yy += y * y;
    sums.xx += x * x;
    sums.xy += x * y;
  }
  return sums;
}

const covariance = (xy: number, x: number, y: number, n: number) => (xy - (x * y) / n) / (n - 1);

/**
 * The effect with what was known of the users beforehand taken out: y − θ(x − x̄), θ = cov(x, y) / var(x) within the variants.
 * The covariate was there before the split, so the expectation stays and only noise goes. One look, shown, never deciding.
 *
 * @throws {InvalidInputError} with fewer than three users in a variant
 * @see Deng, Xu, Kohavi & Walker 2013, "Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data"
 */
export function cupedReading(production: CupedMoments, candidate: CupedMoments, confidence = 0.95): CupedReading {
  const arms = [production, candidate];
  if (arms.some((arm) => arm.users < 3)) {
    throw new InvalidInputError(`expected three users a variant, got ${production.users} and ${candidate.users}`);
  }
  const within = arms.map(({ users: n, x, y, xx, xy, yy }) => ({
    xx: covariance(xx, x, x, n),
    xy: covariance(xy, x, y, n),
    yy: covariance(yy, y, y, n),
    n,
  }));
  const pooled = (key: 'xx' | 'xy') => within.reduce((sum, arm) => sum + (arm.n - 1) * arm[key], 0);
  // a covariate that does not vary explains nothing
  const coefficient = pooled('xx') > 0 ? pooled('xy') / pooled('xx') : 0;
  const variance = (theta: number) =>
    within.reduce((sum, arm) => sum + Math.max(0, arm.yy - 2 * theta * arm.xy + theta ** 2 * arm.xx) / arm.n, 0);
  const difference = (key: 'x' | 'y') => candidate[key] / candidate.users - production[key] / production.users;
  const effect = difference('y') - coefficient * difference('x');
  const [plain, adjusted] = [variance(0), variance(coefficient)];
  const standardError = Math.sqrt(adjusted);
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  return {
    coefficient,
    effect,
    standardError,
    low: effect - reach,
    high: effect + reach,
    unadjustedEffect: difference('y'),
    unadjustedStandardError: Math.sqrt(plain),
    varianceReduction: plain > 0 ? Math.max(0, 1 - adjusted / plain) : 0,
  };
}
