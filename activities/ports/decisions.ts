import type { ExperimentDecision } from '../../core/experiment/decision.js';
import type { ExperimentSummary } from '../../core/experiment/variant-summary.js';

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
