import { z } from 'zod';
import { InvalidInputError } from '../errors.js';

const share = (what: string) => z.number().min(0, `${what} must lie in 0..1`).max(1, `${what} must lie in 0..1`);
const probability = (what: string) =>
  z.number().gt(0, `${what} must lie in (0, 0.5)`).lt(0.5, `${what} must lie in (0, 0.5)`);
const positive = (what: string) => z.number().gt(0, `${what} must be greater than 0`);
const count = (what: string, least: number) =>
  z.int(`${what} must be a whole number`).min(least, `${what} must be at least ${least}`);

/**
 * Below these nothing is read from the evidence: its intervals are asymptotic and need some users to be right. Users count by their
 * weight in the mean (see effective-users.ts), so one who rates a thousand times makes them fewer, not more.
 */
const floorSchema = z.strictObject({
  ratings: count('floor.ratings', 0).default(30),
  users: count('floor.users', 2).default(30),
});

/** How much worse the candidate's errors and tail latency may be before it counts as harm, whatever its score. */
const guardrailSchema = z.strictObject({
  /** Requests sent to each variant (answered and failed) before a guardrail is read. */
  minRequests: count('guardrails.minRequests', 1).default(20),
  /** Error rate of the candidate minus that of production; 0.05 = five more failures in 100 requests. */
  maxErrorRateIncrease: share('guardrails.maxErrorRateIncrease').default(0.05),
  /** p95 latency of the candidate over that of production. Below 2, twenty requests break it by chance. */
  maxP95Ratio: z.number().gt(1, 'guardrails.maxP95Ratio must be greater than 1').default(2),
  /** A p95 difference below this is never harm: 2 ms against 1 ms is twice as slow and nobody can tell. */
  minP95IncreaseMs: z.number().min(0, 'guardrails.minP95IncreaseMs must be at least 0').default(100),
});

/** When the comparison itself cannot be trusted. */
const validitySchema = z.strictObject({
  /** A check below this p-value makes the experiment invalid. */
  alpha: probability('validity.alpha').default(0.001),
  /** Users of each variant before the split is checked. */
  minUsers: count('validity.minUsers', 1).default(8),
  /** A split nearer to its weights than this is never a mismatch; 0.01 = one percentage point. */
  minDeviation: share('validity.minDeviation').default(0.01),
  /** Dirichlet concentration C of the sequential test of the split. */
  concentration: positive('validity.concentration').default(100),
  /** Users seen in both variants: invalid from this share of all users … */
  maxShareInBoth: share('validity.maxShareInBoth').default(0.01),
  /** … when they are at least this many. */
  minUsersInBoth: count('validity.minUsersInBoth', 1).default(10),
});

/** Every number of the hourly decision. An empty object is the standard rule. */
export const decisionRuleSchema = z
  .strictObject({
    /** Which verdict acts; both are always computed. */
    policy: z.enum(['rule', 'evidence'], { error: "policy must be 'rule' or 'evidence'" }).default('rule'),
    minRequests: count('minRequests', 1).default(50),
    minRatings: count('minRatings', 0).default(10),
    promoteRatio: z.number().min(1, 'promoteRatio must be at least 1').default(1.05),
    rollbackRatio: positive('rollbackRatio').max(1, 'rollbackRatio must be at most 1').default(0.8),
    ratingWeight: share('ratingWeight').default(0.7),
    latencyWeight: share('latencyWeight').default(0.3),
    /** Mean latency at which the latency part of the score reaches zero, milliseconds. */
    latencyBudgetMs: positive('latencyBudgetMs').default(5000),
    /** Error probability of the evidence policy over the whole life of an experiment, one-sided. */
    alpha: probability('alpha').default(0.05),
    floor: floorSchema.prefault({}),
    guardrails: guardrailSchema.prefault({}),
    validity: validitySchema.prefault({}),
    /** An experiment older than this ends without a winner. */
    maxAgeDays: positive('maxAgeDays').default(7),
    /** What `harm` does: stop the candidate's traffic and tell a person, or roll it back at once. */
    onHarm: z.enum(['hold', 'rollback'], { error: "onHarm must be 'hold' or 'rollback'" }).default('hold'),
  })
  .superRefine((rule, refinement) => {
    const problem = (path: string, message: string) => refinement.addIssue({ code: 'custom', path: [path], message });
    if (rule.rollbackRatio >= rule.promoteRatio) {
      problem(
        'rollbackRatio',
        `rollbackRatio must be below promoteRatio, got ${rule.rollbackRatio} and ${rule.promoteRatio}`,
      );
    }
    if (Math.abs(rule.ratingWeight + rule.latencyWeight - 1) > 1e-9) {
      problem(
        'ratingWeight',
        `ratingWeight and latencyWeight must add up to 1, got ${rule.ratingWeight} + ${rule.latencyWeight}`,
      );
    }
    if (rule.ratingWeight > 0 && rule.minRatings < 1) {
      problem('minRatings', 'minRatings must be at least 1 while ratings count in the score');
    }
  });

export type DecisionRule = z.output<typeof decisionRuleSchema>;
export type DecisionPolicy = DecisionRule['policy'];

/**
 * Fills in the defaults and checks the numbers against each other.
 *
 * @throws {InvalidInputError} naming each field with what is allowed
 */
export function parseDecisionRule(input: unknown = {}): DecisionRule {
  const result = decisionRuleSchema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  throw new InvalidInputError(`invalid decision rule: ${problems.map((p) => p.message).join('; ')}`, problems);
}
