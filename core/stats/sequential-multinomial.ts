import gammaln from '@stdlib/math-base-special-gammaln';
import { InvalidInputError } from '../errors.js';

/**
 * 1 / Bayes factor of "these counts come from other shares" (Dirichlet(C·θ)) against "from the shares θ". Its running
 * minimum is a p-value that may be read after every single observation:
 * ln BF = lnΓ(C) − Σ lnΓ(Cθᵢ) + Σ lnΓ(Cθᵢ + nᵢ) − lnΓ(C + n) − Σ nᵢ ln θᵢ.
 *
 * @param counts nᵢ ≥ 0, shape (k,)
 * @param weights expected shares, shape (k,), > 0; scaled to 1
 * @param concentration C > 0: how near to θ the alternative is looked for
 * @returns (0, 1]
 * @throws {InvalidInputError} if the shapes differ or a weight is not positive
 * @see Lindon & Malek 2022, "Anytime-Valid Inference for Multinomial Count Data"
 */
export function sequentialMultinomialP(
  counts: readonly number[],
  weights: readonly number[],
  concentration: number,
): number {
  if (counts.length !== weights.length || !weights.every((weight) => weight > 0)) {
    throw new InvalidInputError(
      `expected (k,) counts and (k,) weights greater than 0, got (${counts.length},) and ${weights.join(', ')}`,
    );
  }
  const weight = weights.reduce((sum, share) => sum + share, 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let logFactor = gammaln(concentration) - gammaln(concentration + total);
  for (const [i, count] of counts.entries()) {
    const share = weights[i]! / weight;
    logFactor += gammaln(concentration * share + count) - gammaln(concentration * share) - count * Math.log(share);
  }
  return Math.min(1, Math.exp(-logFactor));
}
