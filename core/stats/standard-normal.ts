import cdf from '@stdlib/stats-base-dists-normal-cdf';
import quantile from '@stdlib/stats-base-dists-normal-quantile';

/** Φ(z). For an upper tail use Φ(−z), which keeps its digits where 1 − Φ(z) loses them. */
export const normalCdf = (z: number): number => cdf(z, 0, 1);

/** Φ⁻¹(p), p in [0, 1]. */
export const normalQuantile = (p: number): number => quantile(p, 0, 1);

/** P(|Z| ≥ |z|). */
export const normalTwoSided = (z: number): number => 2 * normalCdf(-Math.abs(z));
