import { InvalidInputError } from '../errors.js';
import { normalTwoSided } from './standard-normal.js';
import type { TestResult } from './test-result.js';

export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/**
 * z test that two proportions are equal, with the pooled proportion in the standard error. Both 0 or both 1 is p = 1.
 *
 * @returns statistic > 0 when the current proportion is the higher one
 * @throws {InvalidInputError} unless 0 ≤ successes ≤ trials and trials > 0
 */
export function twoProportionZ(reference: Proportion, current: Proportion): TestResult {
  for (const { successes, trials } of [reference, current]) {
    if (!(trials > 0 && successes >= 0 && successes <= trials)) {
      throw new InvalidInputError(`expected 0 ≤ successes ≤ trials and trials > 0, got ${successes} of ${trials}`);
    }
  }
  const pooled = (reference.successes + current.successes) / (reference.trials + current.trials);
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / reference.trials + 1 / current.trials));
  if (standardError === 0) return { statistic: 0, pValue: 1 };
  const statistic = (current.successes / current.trials - reference.successes / reference.trials) / standardError;
  return { statistic, pValue: normalTwoSided(statistic) };
}
