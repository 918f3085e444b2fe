import { InvalidInputError } from '../errors.js';
import type { EvaluationContext, ExperimentDecision, RunningEvidence } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import { evaluateExperiment } from './evaluate-experiment.js';
import type { VariantSummary } from './variant-summary.js';

/** One of several candidates beside the same production model. */
export interface CandidateArm {
  readonly name: string;
  readonly summary: VariantSummary;
  /** Share of all users, percent. */
  readonly weightPercent: number;
  /** Users also seen in production. */
  readonly usersInBoth: number;
  readonly previous: RunningEvidence | null;
}

export interface CandidatesDecision {
  /** The one candidate to promote, if any. */
  readonly winner: string | null;
  /** In the order of the arms; a candidate that could be promoted but did not win has the action `none`. */
  readonly decisions: readonly { readonly name: string; readonly decision: ExperimentDecision }[];
}

/** How far a candidate is ahead: under the evidence by its lower bound, under the rule by its score. */
function lead({ policy, evidence, rule }: ExperimentDecision): number {
  const numbers = policy === 'evidence' ? evidence.numbers.lower : rule.numbers.candidateScore;
  return numbers ?? Number.NEGATIVE_INFINITY;
}

/**
 * Several candidates at once, each judged against production, at most one winner. α is shared out (Bonferroni), so that five
 * candidates that are no better do not get five chances to look better.
 *
 * @throws {InvalidInputError} without candidates, with two of one name, or with weights that leave production nothing
 */
export function evaluateCandidates(
  production: VariantSummary,
  arms: readonly CandidateArm[],
  context: Omit<EvaluationContext, 'candidateWeightPercent' | 'previous'>,
  rule: DecisionRule,
): CandidatesDecision {
  const productionPercent = 100 - arms.reduce((sum, arm) => sum + arm.weightPercent, 0);
  if (arms.length === 0 || new Set(arms.map((arm) => arm.name)).size < arms.length) {
    throw new InvalidInputError(
      `expected candidates of different names, got: ${arms.map((arm) => arm.name).join(', ')}`,
    );
  }
  if (!(productionPercent > 0)) {
    throw new InvalidInputError(
      `the candidates' weights must leave production a share, got ${100 - productionPercent} %`,
    );
  }
  const shared = { ...rule, alpha: rule.alpha / arms.length };
  const decisions = arms.map(({ name, summary, weightPercent, usersInBoth, previous }) => ({
    name,
    decision: evaluateExperiment(
      { production, candidate: summary, usersInBoth },
      { ...context, previous, candidateWeightPercent: (100 * weightPercent) / (weightPercent + productionPercent) },
      shared,
    ),
  }));
  const promotable = decisions.filter(({ decision }) => decision.verdict === 'promote');
  const winner = promotable.reduce<(typeof promotable)[number] | null>(
    (best, next) => (best === null || lead(next.decision) > lead(best.decision) ? next : best),
    null,
  );
  return {
    winner: winner?.name ?? null,
    decisions: decisions.map(({ name, decision }) =>
      decision.verdict === 'promote' && name !== winner?.name
        ? { name, decision: { ...decision, action: 'none' as const } }
        : { name, decision },
    ),
  };
}
