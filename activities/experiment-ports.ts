import type { AbTestCounts, AbTestLook, Treatment } from '../core/experiment/ab-test.js';
import type { Approval, ApprovalAnswer } from '../core/experiment/approval.js';
import type { ExperimentDecision, RunningEvidence } from '../core/experiment/decision.js';
import type { DecisionRule } from '../core/experiment/decision-rule.js';
import type { ExperimentEvent, ExperimentPhase, OpenState } from '../core/experiment/experiment-life.js';
import type { ExperimentPath } from '../core/experiment/experiment-settings.js';
import type { GuardedCounts } from '../core/experiment/guardrails.js';
import type { SuccessMetric } from '../core/experiment/success-metric.js';
import type { ExperimentSummary } from '../core/experiment/variant-summary.js';
import type { Slot } from '../core/registry/version.js';

export type ExperimentState = OpenState | 'decided' | 'expired' | 'stopped';

export interface Experiment {
  readonly id: number;
  readonly project: string;
  readonly name: string | null;
  readonly metric: SuccessMetric;
  readonly productionVersion: string;
  readonly candidateVersion: string;
  readonly state: ExperimentState;
  /** Share of users at full weight, percent. */
  readonly candidateWeightPercent: number;
  readonly rule: DecisionRule;
  readonly path: ExperimentPath;
  readonly rampStep: number;
  readonly pausedFrom: ExperimentPhase['pausedFrom'];
  /** Since when the state, or this step of the ramp, lasts. */
  readonly phaseStartedAt: Date;
  /** Time in which the clock of the decision stood still. */
  readonly pausedSeconds: number;
  readonly expectedUsers: number;
  readonly outcome: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** Why an experiment was changed, and the key that makes the change happen once. */
export interface ChangeCause {
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string;
}

export interface EndedExperiment {
  /** The workflow that waited for a person's yes to its promotion. */
  readonly withdrawnApproval: string | null;
}

/** One change of state or weight. */
export interface ExperimentChange {
  readonly id: number;
  readonly experimentId: number;
  readonly fromState: string;
  readonly toState: string;
  /** Shares of users in force before and after, percent. */
  readonly fromWeight: number;
  readonly toWeight: number;
  readonly clockRestarted: boolean;
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

export interface ExperimentStore {
  /**
   * @throws {ConflictError} when the project has an open experiment of another key
   */
  open(experiment: {
    project: string;
    productionVersion: string;
    candidateVersion: string;
    candidateWeightPercent: number;
    rule: DecisionRule;
    expectedUsers: number;
    idempotencyKey: string;
    path?: ExperimentPath;
    name?: string | null;
    metric?: SuccessMetric;
  }): Promise<Experiment>;
  /** The project's experiment that has not ended, if there is one. */
  current(project: string): Promise<Experiment | null>;
  /** @throws {NotFoundError} */
  get(id: number): Promise<Experiment>;
  list(project: string, page: { limit: number; beforeId?: number | undefined }): Promise<Experiment[]>;
  /**
   * Moves it on, once per key, and records the change. Where the clock begins anew, the counts so far are forgotten.
   * @throws {ConflictError} when the event does not fit the state, or the experiment has ended
   */
  change(id: number, event: ExperimentEvent, cause: ChangeCause): Promise<Experiment>;
  /** Ends it, once; a second ending changes nothing. A promotion that waited for a person is withdrawn. */
  end(
    id: number,
    state: 'decided' | 'expired' | 'stopped',
    outcome: string,
    cause?: ChangeCause,
  ): Promise<EndedExperiment>;
  /** The counts of both variants since the clock started. */
  summarize(id: number): Promise<ExperimentSummary>;
  /**
   * What both variants answered and failed in the last minutes, from the newest 50,000 requests at most. In the shadow a copy that was never answered counts as failed.
   */
  recent(experiment: Experiment, since: Date): Promise<Record<Slot, GuardedCounts>>;
  /** Copies that the candidate answered since then, counted no further than to `most`. */
  shadowRequests(experiment: Experiment, since: Date, most: number): Promise<number>;
  /** Whether a newer candidate than this one is trained and waits for the slot. */
  nextCandidateWaits(project: string, candidateVersion: string): Promise<boolean>;
}

export interface ApprovalStore {
  /** Asks, once per key. What another request of the project still waited for is withdrawn: its workflow is gone. */
  request(
    request: Pick<
      Approval,
      'project' | 'experimentId' | 'candidateVersion' | 'requestedBy' | 'reason' | 'expiresAt' | 'workflowId'
    >,
    idempotencyKey: string,
  ): Promise<Approval>;
  /** @throws {NotFoundError} */
  get(id: number): Promise<Approval>;
  /**
   * Stores a person's answer; the same answer again changes nothing.
   * @param check is given the request as it is, locked, and throws where the answer is not allowed
   */
  answer(id: number, answer: ApprovalAnswer, check: (approval: Approval) => void): Promise<Approval>;
  /** Closes a request that nobody answered; an answered one stays as it is. */
  close(id: number, state: 'lapsed' | 'withdrawn'): Promise<Approval>;
  reminded(id: number): Promise<void>;
}

/** An experiment on whatever is served elsewhere. */
export interface AbTest {
  readonly id: number;
  readonly project: string;
  readonly name: string;
  readonly metric: SuccessMetric;
  readonly rule: DecisionRule;
  readonly control: string;
  readonly treatments: readonly Treatment[];
  readonly expectedUsers: number;
  readonly state: 'running' | 'decided' | 'expired' | 'stopped';
  readonly winner: string | null;
  readonly reason: string | null;
  readonly createdBy: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** What happened to one user once. With a latency or as a failure it is a request. */
export interface Observation {
  readonly userId: string;
  readonly variant: string;
  readonly latencyMs: number | null;
  readonly failed: boolean;
  /** 1..5. */
  readonly rating: number | null;
  /** 0..1. */
  readonly accuracy: number | null;
}

export interface AbTestStore {
  /** @throws {ConflictError} when the project has an open one of this name */
  open(
    test: Pick<
      AbTest,
      'project' | 'name' | 'metric' | 'rule' | 'control' | 'treatments' | 'expectedUsers' | 'createdBy'
    >,
  ): Promise<AbTest>;
  /** @throws {NotFoundError} */
  get(id: number): Promise<AbTest>;
  running(project: string): Promise<AbTest[]>;
  observe(id: number, latencyBudgetMs: number, all: readonly Observation[]): Promise<void>;
  /** What a look reads: all counts, and the running evidence of the look before by treatment. */
  read(test: AbTest): Promise<{ counts: AbTestCounts; previous: Readonly<Record<string, RunningEvidence>> }>;
  /** Records a look once per key, and ends the test where the look says so. */
  recordLook(id: number, look: AbTestLook, idempotencyKey: string): Promise<void>;
  stop(id: number, reason: string): Promise<AbTest>;
}

export interface RecordedDecision {
  readonly id: number;
  readonly experimentId: number;
  readonly project: string;
  readonly policy: string;
  readonly verdict: string;
  readonly reason: string;
  readonly evaluation: DecisionRecord;
  readonly workflowId: string | null;
  readonly decidedAt: Date;
}

/** A decision with the counts it was made on. */
export interface DecisionRecord extends ExperimentDecision {
  readonly summary: ExperimentSummary;
}

export interface DecisionStore {
  /** Records it once: the same key gets the decision recorded first. */
  record(
    decision: DecisionRecord,
    place: {
      project: string;
      experimentId: number;
      workflowId: string | null;
      runId: string | null;
      idempotencyKey: string;
    },
  ): Promise<RecordedDecision>;
  latest(project: string, experimentId?: number): Promise<RecordedDecision | null>;
  list(
    filter: { project?: string | undefined; experimentId?: number | undefined },
    page: { limit: number; beforeId?: number | undefined },
  ): Promise<RecordedDecision[]>;
  /** How many of the project's latest ended experiments in a row were rolled back. */
  consecutiveRollbacks(project: string): Promise<number>;
}
