import { type Forest, LEAF } from './forest.js';

/** The distinct thresholds of each feature over all trees, ascending; shape (features,). */
export function distinctThresholds(forest: Forest): Float64Array[] {
  const seen = Array.from({ length: forest.features }, () => new Set<number>());
  for (let node = 0; node < forest.feature.length; node++) {
    const f = forest.feature[node]!;
    if (f !== LEAF) seen[f]!.add(forest.threshold[node]!);
  }
  return seen.map((thresholds) => Float64Array.from(thresholds).sort());
}
