import { chiSquareContingency } from '../stats/chi-square-contingency.js';
import { jensenShannonDistance } from '../stats/jensen-shannon-distance.js';
import { kolmogorovSmirnov } from '../stats/kolmogorov-smirnov.js';
import { populationStabilityIndex } from '../stats/population-stability-index.js';
import { populationStabilityNull } from '../stats/population-stability-null.js';
import { wassersteinDistance } from '../stats/wasserstein-distance.js';
import type { CategoryCurrent, NumericCurrent } from './current-profile.js';
import { mergeCategories } from './merge-categories.js';
import type { CategoryReference, NumericReference } from './reference-profile.js';

/** Two distributions compared, before p-values are adjusted. */
export interface Comparison {
  readonly statistic: number;
  readonly pValue: number;
  readonly effectSize: number;
  readonly psi: number;
  readonly psiExcess: number;
}

function stability(reference: readonly number[], current: readonly number[], n: number, m: number) {
  const psi = populationStabilityIndex(reference, current);
  return { psi, psiExcess: psi - populationStabilityNull(reference.length, n, m) };
}

/** Kolmogorov-Smirnov and Wasserstein over the reference's standard deviation. Both samples must hold a value. */
export function compareNumeric(reference: NumericReference, current: NumericCurrent): Comparison {
  const { statistic, pValue } = kolmogorovSmirnov(reference.sample, current.sample);
  const distance = wassersteinDistance(reference.sample, current.sample);
  // a constant reference has no spread to measure by: any move is one whole spread
  const effectSize = reference.std > 0 ? distance / reference.std : distance > 0 ? 1 : 0;
  return { statistic, pValue, effectSize, ...stability(reference.counts, current.counts, reference.n, current.n) };
}

/** χ² and Jensen-Shannon over the merged categories. Both samples must hold a value. */
export function compareCategories(reference: CategoryReference, current: CategoryCurrent): Comparison {
  const counted = current.counts.reduce((sum, count) => sum + count, 0);
  const merged = mergeCategories(reference.counts, current.counts, current.n - counted);
  const { statistic, pValue } = chiSquareContingency([merged.reference, merged.current]);
  const effectSize = jensenShannonDistance(merged.reference, merged.current);
  return { statistic, pValue, effectSize, ...stability(merged.reference, merged.current, reference.n, current.n) };
}
