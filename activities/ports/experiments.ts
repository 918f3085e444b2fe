import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import type { ExperimentEvent, ExperimentPhase, OpenState } from '../../core/experiment/experiment-life.js';
import type { ExperimentPath } from '../../core/experiment/experiment-settings.js';
import type { GuardedCounts } from '../../core/experiment/guardrails.js';
import type { SuccessMetric } from '../../core/experiment/success-metric.js';
import type { ExperimentSummary } from '../../core/experiment/variant-summary.js';
import type { Slot } from '../../core/registry/version.js';

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
