import { kolmogorovExactTail } from './kolmogorov-exact-tail.js';
import { kolmogorovTail } from './kolmogorov-tail.js';
import { sorted } from './sorted.js';
import type { TestResult } from './test-result.js';

/** m·n up to which the exact distribution is counted out: some milliseconds. */
const EXACT_LIMIT = 1_000_000;

/**
 * Two-sample Kolmogorov-Smirnov test: the largest distance between the two empirical distribution functions.
 * p is exact for samples without ties up to m·n = 10⁶ (with ties it errs on the safe side), else Kolmogorov's limit.
 *
 * @param reference shape (m,)
 * @param current shape (n,)
 * @throws {InvalidInputError} if a sample is empty or not finite
 */
export function kolmogorovSmirnov(reference: ArrayLike<number>, current: ArrayLike<number>): TestResult {
  const x = sorted(reference);
  const y = sorted(current);
  const [m, n] = [x.length, y.length];
  let statistic = 0;
  for (let i = 0, j = 0; i < m && j < n; ) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < m && x[i] === value) i++;
    while (j < n && y[j] === value) j++;
    statistic = Math.max(statistic, Math.abs(i / m - j / n));
  }
  const pValue =
    m * n <= EXACT_LIMIT
      ? kolmogorovExactTail(statistic, m, n)
      : kolmogorovTail(statistic * Math.sqrt((m * n) / (m + n)));
  return { statistic, pValue };
}
