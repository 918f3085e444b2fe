import type { DecisionRule } from './decision-rule.js';
import type { VariantSummary } from './variant-summary.js';

/** What a guardrail reads of a variant: also computable over the last minutes alone, for an emergency stop. */
export type GuardedCounts = Pick<VariantSummary, 'requests' | 'errors' | 'latencyP95Ms'>;

export interface GuardrailReading {
  /** What is broken, in words; null when nothing is. */
  readonly breach: string | null;
  readonly productionErrorRate: number | null;
  readonly candidateErrorRate: number | null;
  readonly productionP95Ms: number | null;
  readonly candidateP95Ms: number | null;
}

const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;

/**
 * Is the candidate failing or slow beyond its bounds? Read from `minRequests` in each variant on; no statistics: these bounds
 * are wide enough that crossing them is an accident, and an accident must be stopped at once.
 */
export function checkGuardrails(
  production: GuardedCounts,
  candidate: GuardedCounts,
  guardrails: DecisionRule['guardrails'],
): GuardrailReading {
  const asked = (counts: GuardedCounts) => counts.requests + counts.errors;
  const errorRate = (counts: GuardedCounts) => (asked(counts) > 0 ? counts.errors / asked(counts) : null);
  const numbers = {
    productionErrorRate: errorRate(production),
    candidateErrorRate: errorRate(candidate),
    productionP95Ms: production.latencyP95Ms,
    candidateP95Ms: candidate.latencyP95Ms,
  };
  if (Math.min(asked(production), asked(candidate)) < guardrails.minRequests) return { breach: null, ...numbers };

  const [before, now] = [numbers.productionErrorRate ?? 0, numbers.candidateErrorRate ?? 0];
  if (now - before > guardrails.maxErrorRateIncrease) {
    return { breach: `it fails ${percent(now)} of requests, production ${percent(before)}`, ...numbers };
  }
  const [p95, slow] = [production.latencyP95Ms, candidate.latencyP95Ms];
  if (
    p95 !== null &&
    slow !== null &&
    slow > guardrails.maxP95Ratio * p95 &&
    slow - p95 > guardrails.minP95IncreaseMs
  ) {
    return { breach: `its p95 latency is ${slow.toFixed(0)} ms, production's ${p95.toFixed(0)} ms`, ...numbers };
  }
  return { breach: null, ...numbers };
}
