import type { GroupedSample } from './grouped-sample.js';
import { mannWhitneyExactTail } from './mann-whitney-exact-tail.js';
import { normalCdf } from './standard-normal.js';
import type { TestResult } from './test-result.js';

/** m·n up to which p is counted out when there are no ties. */
const EXACT_LIMIT = 400;

export interface MannWhitneyResult extends TestResult {
  readonly method: 'exact' | 'normal';
  /** P(current > reference) + P(equal)/2: 0.5 = neither tends to be larger. */
  readonly effectSize: number;
}

/**
 * Mann-Whitney U test that neither sample tends to be larger. Exact for small samples without ties, else the normal
 * approximation with tie and continuity corrections.
 *
 * @returns statistic = U of the current sample: pairs in which it is the larger, ties counting half
 * @see Mann & Whitney 1947
 */
export function mannWhitney(reference: GroupedSample, current: GroupedSample): MannWhitneyResult {
  const [m, n] = [reference.size, current.size];
  const { statistic, tieCubes } = countPairs(reference, current);
  const effectSize = statistic / (m * n);
  if (tieCubes === 0 && m * n <= EXACT_LIMIT) {
    return { statistic, effectSize, method: 'exact', pValue: mannWhitneyExactTail(statistic, m, n) };
  }
  const size = m + n;
  const variance = ((m * n) / 12) * (size + 1 - tieCubes / (size * (size - 1)));
  // all values equal: nothing tends to be larger
  if (!(variance > 0)) return { statistic, effectSize, method: 'normal', pValue: 1 };
  const z = (Math.abs(statistic - (m * n) / 2) - 0.5) / Math.sqrt(variance);
  return { statistic, effectSize, method: 'normal', pValue: Math.min(1, 2 * normalCdf(-z)) };
}

/** U of the current sample, and Σ(t³ − t) over the tied groups of both samples together. */
function countPairs(reference: GroupedSample, current: GroupedSample): { statistic: number; tieCubes: number } {
  let statistic = 0;
  let tieCubes = 0;
  let below = 0;
  for (let i = 0, j = 0; i < reference.values.length || j < current.values.length; ) {
    const a = reference.values[i] ?? Number.POSITIVE_INFINITY;
    const b = current.values[j] ?? Number.POSITIVE_INFINITY;
    const fromReference = a <= b ? reference.counts[i++]! : 0;
    const fromCurrent = b <= a ? current.counts[j++]! : 0;
    statistic += fromCurrent * (below + fromReference / 2);
    below += fromReference;
    const tied = fromReference + fromCurrent;
    tieCubes += tied ** 3 - tied;
  }
  return { statistic, tieCubes };
}
