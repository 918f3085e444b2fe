/**
 * What the population stability index comes to on average when nothing has changed: (k − 1)(1/n_ref + 1/n_cur), the mean of the χ²
 * that PSI tends to. Small samples show a large PSI by chance alone; read PSI less this.
 *
 * @param bins k ≥ 1
 * @param referenceSize rows of the reference, > 0
 * @param currentSize rows of the current sample, > 0
 * @see Yurdakul 2018, "Statistical Properties of Population Stability Index"
 */
export function populationStabilityNull(bins: number, referenceSize: number, currentSize: number): number {
  return (bins - 1) * (1 / referenceSize + 1 / currentSize);
}
