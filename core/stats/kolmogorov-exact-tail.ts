/**
 * P(D ≥ statistic) for two samples of sizes m and n from one continuous distribution, by counting the lattice paths that
 * stay inside the band. O(m·n) time, O(min) memory.
 *
 * @see Hodges 1958, "The significance probability of the Smirnov two-sample test"; the recursion is the one of R's psmirnov
 */
export function kolmogorovExactTail(statistic: number, m: number, n: number): number {
  if (m > n) return kolmogorovExactTail(statistic, n, m);
  // D takes multiples of 1/(mn) only: half a step below the observed one keeps rounding out of the comparison
  const bound = (Math.floor(statistic * m * n - 1e-7) + 0.5) / (m * n);
  const inside = Float64Array.from({ length: n + 1 }, (_, j) => (j / n > bound ? 0 : 1));
  for (let i = 1; i <= m; i++) {
    const w = i / (i + n);
    inside[0] = i / m > bound ? 0 : w * inside[0]!;
    for (let j = 1; j <= n; j++) {
      inside[j] = Math.abs(i / m - j / n) > bound ? 0 : w * inside[j]! + inside[j - 1]!;
    }
  }
  return Math.min(1, Math.max(0, 1 - inside[n]!));
}
