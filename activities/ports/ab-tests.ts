import type { AbTestCounts, AbTestLook, Treatment } from '../../core/experiment/ab-test.js';
import type { RunningEvidence } from '../../core/experiment/decision.js';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import type { SuccessMetric } from '../../core/experiment/success-metric.js';

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
