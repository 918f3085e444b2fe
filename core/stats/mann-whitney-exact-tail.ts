/**
 * Two-sided exact p of U without ties: twice the smaller tail, at most 1. Counts the arrangements with each U by the
 * recursion over sample sizes (Mann & Whitney 1947) as the coefficients of the Gaussian binomial. O(m·n·m) time.
 *
 * @param statistic U of either sample, a whole number 0..mn
 */
export function mannWhitneyExactTail(statistic: number, m: number, n: number): number {
  const largest = m * n;
  const ways = new Float64Array(largest + 1);
  ways[0] = 1;
  // Π (1 − q^{n+k}) / (1 − q^k), k = 1..m, kept to degree mn
  for (let k = 1; k <= m; k++) {
    for (let u = largest; u >= n + k; u--) ways[u]! -= ways[u - n - k]!;
    for (let u = k; u <= largest; u++) ways[u]! += ways[u - k]!;
  }
  const smaller = Math.min(statistic, largest - statistic);
  let tail = 0;
  let all = 0;
  for (let u = 0; u <= largest; u++) {
    all += ways[u]!;
    if (u <= smaller) tail += ways[u]!;
  }
  return Math.min(1, (2 * tail) / all);
}
