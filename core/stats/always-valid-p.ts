/**
 * p-value of "no effect" that may be read at every look: 1/e with the normal mixture
 * e = exp(ρ²z²n / (2(nρ² + 1))) / √(nρ² + 1), z = estimate / SE. Its running minimum is again such a p-value.
 *
 * @param estimate of the effect
 * @param standardError of the estimate, ≥ 0; with 0 any effect but 0 is certain
 * @param n observations now, > 0
 * @param rho of the mixture, see `tuneSequence`
 * @returns two-sided, 0..1
 * @see Waudby-Smith et al., arXiv 2103.06476; Johari et al. 2022, "Always Valid Inference"
 */
export function alwaysValidP(estimate: number, standardError: number, n: number, rho: number): number {
  if (estimate === 0) return 1;
  const t = n * rho * rho;
  const z = estimate / standardError;
  return Math.min(1, Math.sqrt(t + 1) * Math.exp((-t * z * z) / (2 * (t + 1))));
}
