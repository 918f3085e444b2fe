import { InvalidInputError } from '../errors.js';
import { assignAmong, type SplitPart } from './assign.js';
import type { EvaluationContext, RunningEvidence } from './decision.js';
import type { DecisionRule } from './decision-rule.js';
import { type CandidatesDecision, evaluateCandidates } from './evaluate-candidates.js';
import { timeIsUp } from './experiment-age.js';
import type { VariantSummary } from './variant-summary.js';

export interface Treatment {
  readonly name: string;
  /** Share of all users. */
  readonly percent: number;
}

/** Who sees what: the treatments' shares, everybody else the control. */
export interface AbTestSplit {
  readonly id: number;
  readonly control: string;
  readonly treatments: readonly Treatment[];
}

/**
 * @throws {InvalidInputError} unless all names differ and the control keeps a share
 */
export function checkSplit(control: string, treatments: readonly Treatment[]): void {
  const names = [control, ...treatments.map(({ name }) => name)];
  if (treatments.length === 0 || new Set(names).size < names.length) {
    throw new InvalidInputError(`expected a control and treatments of different names, got: ${names.join(', ')}`);
  }
  const given = treatments.reduce((sum, { percent }) => sum + percent, 0);
  if (!(given < 100)) {
    throw new InvalidInputError(`the treatments' shares must leave the control a share, they add up to ${given} %`);
  }
}

/** The variant that a user sees for as long as the test lasts. */
export function variantOf({ id, control, treatments }: AbTestSplit, userId: string): string {
  const parts: SplitPart[] = treatments.map(({ name, percent }) => ({ variant: name, percent }));
  return assignAmong(`ab-test:${id}`, userId, parts, control);
}

/** All that was told of a test. */
export interface AbTestCounts {
  readonly variants: Readonly<Record<string, VariantSummary>>;
  /** By treatment: users who were also seen in the control. */
  readonly usersInBoth: Readonly<Record<string, number>>;
}

export interface AbTestLook extends CandidatesDecision {
  /** How the test should end now; null while it goes on. */
  readonly ending: { readonly state: 'decided' | 'expired'; readonly reason: string } | null;
}

/**
 * One look at all treatments together: each against the control, the error probability shared out, one winner at most. The
 * test ends with a winner, when every treatment is out, or when its time is up.
 *
 * @param previous running evidence of the look before, by treatment
 */
export function lookAtAbTest(
  { control, treatments }: Omit<AbTestSplit, 'id'>,
  counts: AbTestCounts,
  previous: Readonly<Record<string, RunningEvidence>>,
  context: Pick<EvaluationContext, 'now' | 'startedAt' | 'expectedUsers' | 'judgedBy'>,
  rule: DecisionRule,
): AbTestLook {
  const arms = treatments.map(({ name, percent }) => ({
    name,
    summary: counts.variants[name]!,
    weightPercent: percent,
    usersInBoth: counts.usersInBoth[name] ?? 0,
    previous: previous[name] ?? null,
  }));
  const asked = { ...context, nextCandidateReady: false };
  const decided = evaluateCandidates(counts.variants[control]!, arms, asked, rule);
  const out = ({ decision }: CandidatesDecision['decisions'][number]) =>
    decision.verdict === 'rollback' || decision.verdict === 'harm';
  if (decided.winner !== null) {
    return { ...decided, ending: { state: 'decided', reason: `${decided.winner} beats ${control}` } };
  }
  if (decided.decisions.every(out)) {
    return { ...decided, ending: { state: 'decided', reason: `${control} stays: every treatment is worse` } };
  }
  const cause = timeIsUp(asked, rule);
  return { ...decided, ending: cause === null ? null : { state: 'expired', reason: `${control} stays: ${cause}` } };
}
