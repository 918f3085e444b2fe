import type {
  AbTest,
  Experiment,
  ExperimentChange,
  RecordedDecision,
  Run,
  StoredDriftReport,
} from '../../../activities/ports.js';
import type { Approval } from '../../../core/experiment/approval.js';
import { type AbTestRow, toAbTest } from '../ab-test-store.js';
import { type ApprovalRow, toApproval } from '../approval-store.js';
import { type DecisionRow, toDecision } from '../decision-store.js';
import { type DriftRow, toReport } from '../drift-store.js';
import { type ExperimentRow, toExperiment } from '../experiment-row.js';
import { type ExperimentChangeRow, toExperimentChange } from '../record-experiment-change.js';
import { type RunRow, toRun } from '../run-store.js';
import type { KeysetList } from './keyset-list.js';

export const experimentList: KeysetList<ExperimentRow, Experiment> = {
  table: 'experiments',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', state: 'state', outcome: 'outcome' },
  map: toExperiment,
};

export const decisionList: KeysetList<DecisionRow, RecordedDecision> = {
  table: 'decisions',
  time: 'decided_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', experiment_id: 'experiment_id', verdict: 'verdict', policy: 'policy' },
  map: toDecision,
};

export const driftList: KeysetList<DriftRow, StoredDriftReport> = {
  table: 'drift_reports',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', drifted: 'drifted', model_version: 'model_version' },
  map: toReport,
};

export const runList: KeysetList<RunRow, Run> = {
  table: 'runs',
  time: 'started_at',
  key: { column: 'id', type: 'text' },
  filters: { project: 'project', kind: 'kind', status: 'status', parent_id: 'parent_id' },
  map: toRun,
};

export const approvalList: KeysetList<ApprovalRow, Approval> = {
  table: 'approvals',
  time: 'requested_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', state: 'state' },
  map: toApproval,
};

export const experimentChangeList: KeysetList<ExperimentChangeRow, ExperimentChange> = {
  table: 'experiment_changes',
  time: 'at',
  key: { column: 'id', type: 'bigint' },
  filters: { experiment_id: 'experiment_id' },
  map: toExperimentChange,
};

export const abTestList: KeysetList<AbTestRow, AbTest> = {
  table: 'ab_tests',
  time: 'started_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', state: 'state' },
  map: toAbTest,
};
