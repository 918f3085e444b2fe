import type { DecisionPolicy } from './decision-rule.js';
import type { JudgedBy } from './judged-by.js';

export type RuleVerdict = 'promote' | 'rollback' | 'continue_testing' | 'insufficient_data';

/**
 * `invalid`: the comparison itself cannot be trusted · `harm`: the candidate is worse beyond doubt or beyond a guardrail ·
 * `promising`: ahead by enough, not yet beyond doubt · `inconclusive`: time is up, production stays.
 */
export type EvidenceVerdict = RuleVerdict | 'invalid' | 'harm' | 'promising' | 'inconclusive';

/** Finite numbers by name, null where a number does not exist yet; safe to store as JSON. */
export type DecisionNumbers = Readonly<Record<string, number | null>>;

interface Decided<V extends string> {
  readonly policy: DecisionPolicy;
  readonly verdict: V;
  /** One sentence for a person. */
  readonly reason: string;
  readonly numbers: DecisionNumbers;
}

export interface RuleDecision extends Decided<RuleVerdict> {
  readonly policy: 'rule';
}

/** The branches of the evidence policy in the order they are tried. */
export type EvidenceStage =
  | 'data'
  | 'rule'
  | 'validity'
  | 'guardrails'
  | 'harm'
  | 'promotion'
  | 'promising'
  | 'expiry'
  | 'running';

/** What is still missing for a verdict at the traffic seen so far; null = cannot be told (no traffic, or no difference). */
export interface Forecast {
  /** More candidate ratings. */
  readonly ratings: number | null;
  /** More users, both variants together. */
  readonly users: number | null;
  readonly hours: number | null;
}

/** Smallest p-values so far: hand them back as `previous` at the next look, they only fall. */
export interface RunningEvidence {
  /** Always-valid p-value of "the two variants score the same". */
  readonly pValue: number;
  /** Sequential p-value of "users are split by the weights". */
  readonly sampleRatioPValue: number;
}

export interface EvidenceDecision extends Decided<EvidenceVerdict> {
  readonly policy: 'evidence';
  /** The branch that matched. */
  readonly stage: EvidenceStage;
  readonly needed: Forecast | null;
  readonly running: RunningEvidence;
}

/**
 * What the verdict asks the platform to do. `hold`: take the candidate's traffic away and tell a person ·
 * `alert`: tell a person, change nothing · `retire`: production stays, the candidate makes room for the next.
 */
export type DecisionAction = 'none' | 'promote' | 'rollback' | 'hold' | 'alert' | 'retire';

/** One hourly look: both verdicts, and the one that acts. */
export interface ExperimentDecision {
  readonly policy: DecisionPolicy;
  /** The verdict of the acting policy. */
  readonly verdict: EvidenceVerdict;
  readonly action: DecisionAction;
  readonly reason: string;
  readonly rule: RuleDecision;
  readonly evidence: EvidenceDecision;
}

/** What the evidence policy must know beside the counts. */
export interface EvaluationContext {
  readonly now: Date;
  /** When the counts began: the start, or the last change of weights. */
  readonly startedAt: Date;
  /** N*: users of both variants expected by the time of the decision, fixed at the start. */
  readonly expectedUsers: number;
  /** Share of users that the split in force sends to the candidate, percent. */
  readonly candidateWeightPercent: number;
  /** `running` of the previous decision; null at the first. */
  readonly previous: RunningEvidence | null;
  /** A newer candidate is trained and waits for the slot. */
  readonly nextCandidateReady: boolean;
  /** What takes the place of ratings, for the sentences; default: ratings. */
  readonly judgedBy?: JudgedBy;
}
