import gammainc from '@stdlib/math-base-special-gammainc';

/**
 * P(χ²_df ≥ statistic), by the upper incomplete gamma function, which keeps its digits down to 1e-300.
 *
 * @param df degrees of freedom, > 0
 */
export function chiSquareTail(statistic: number, df: number): number {
  return statistic <= 0 ? 1 : gammainc(statistic / 2, df / 2, true, true);
}
