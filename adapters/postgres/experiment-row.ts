import type { Experiment, ExperimentState } from '../../activities/ports.js';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import type { ExperimentPhase } from '../../core/experiment/experiment-life.js';
import type { ExperimentPath } from '../../core/experiment/experiment-settings.js';
import type { SuccessMetric } from '../../core/experiment/success-metric.js';

export interface ExperimentRow {
  id: number;
  project: string;
  name: string | null;
  metric: SuccessMetric;
  production_version: string;
  candidate_version: string;
  state: ExperimentState;
  candidate_weight_percent: number;
  rule: DecisionRule;
  path: ExperimentPath;
  ramp_step: number;
  paused_from: ExperimentPhase['pausedFrom'];
  phase_started_at: Date;
  paused_seconds: number;
  expected_users: number;
  outcome: string | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

export function toExperiment(row: ExperimentRow): Experiment {
  return {
    id: row.id,
    project: row.project,
    name: row.name,
    metric: row.metric,
    productionVersion: row.production_version,
    candidateVersion: row.candidate_version,
    state: row.state,
    candidateWeightPercent: row.candidate_weight_percent,
    rule: row.rule,
    path: row.path,
    rampStep: row.ramp_step,
    pausedFrom: row.paused_from,
    phaseStartedAt: row.phase_started_at,
    pausedSeconds: row.paused_seconds,
    expectedUsers: row.expected_users,
    outcome: row.outcome,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
