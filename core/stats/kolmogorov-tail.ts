/**
 * P(K ≥ x) of Kolmogorov's limit distribution: 2 Σ (−1)^{k−1} exp(−2k²x²), and below x = 1.18, where that series is slow,
 * 1 − (√2π / x) Σ exp(−(2k−1)²π² / (8x²)).
 *
 * @see Marsaglia, Tsang & Wang 2003, "Evaluating Kolmogorov's Distribution"
 */
export function kolmogorovTail(x: number): number {
  if (x <= 0.04) return 1; // 1 − p is below the smallest double
  if (x < 1.18) {
    const base = Math.exp((-Math.PI * Math.PI) / (8 * x * x));
    const series = base + base ** 9 + base ** 25 + base ** 49;
    return 1 - (Math.sqrt(2 * Math.PI) / x) * series;
  }
  const base = Math.exp(-2 * x * x);
  return 2 * (base - base ** 4 + base ** 9 - base ** 16);
}
