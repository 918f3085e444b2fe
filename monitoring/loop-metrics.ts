import type { MetricDefinition } from './metric-definition.js';

/** What the loop has in Postgres, read by the worker at most every few seconds. Counters count rows and so survive a restart. */
export const loopMetricDefinitions = {
  // The experiment that is open
  experimentOpen: {
    type: 'gauge',
    name: 'experiment_open',
    help: '1 while the project has an experiment that is not decided',
    labels: ['project'],
  },
  experimentAge: {
    type: 'gauge',
    name: 'experiment_age_seconds',
    help: 'Time since the open experiment began to count',
    labels: ['project'],
  },
  candidateWeight: {
    type: 'gauge',
    name: 'experiment_candidate_weight_ratio',
    help: 'Share of users that the routing in force sends to the candidate, 0..1',
    labels: ['project'],
  },
  shadowWeight: {
    type: 'gauge',
    name: 'experiment_shadow_ratio',
    help: 'Share of production requests that are copied to the candidate, 0..1',
    labels: ['project'],
  },
  expectedUsers: {
    type: 'gauge',
    name: 'experiment_expected_users',
    help: 'Users of both variants expected by the time of the decision',
    labels: ['project'],
  },
  experimentUsers: {
    type: 'gauge',
    name: 'experiment_users',
    help: 'Users of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentRequests: {
    type: 'gauge',
    name: 'experiment_requests',
    help: 'Answered requests of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentErrors: {
    type: 'gauge',
    name: 'experiment_errors',
    help: 'Failed requests of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentRatings: {
    type: 'gauge',
    name: 'experiment_ratings',
    help: 'Ratings of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentRating: {
    type: 'gauge',
    name: 'experiment_rating_mean',
    help: 'Mean rating of the open experiment, 1..5',
    labels: ['project', 'variant'],
  },
  experimentLatency: {
    type: 'gauge',
    name: 'experiment_latency_mean_seconds',
    help: 'Mean latency of the open experiment',
    labels: ['project', 'variant'],
  },
  experimentScore: {
    type: 'gauge',
    name: 'experiment_score',
    help: 'Score of the variant at the last decision of the open experiment, 0..1',
    labels: ['project', 'variant'],
  },
  sampleRatioPValue: {
    type: 'gauge',
    name: 'experiment_sample_ratio_p_value',
    help: 'Sequential p-value of "users are split by the weights", last decision of the open experiment',
    labels: ['project'],
  },
  evidencePValue: {
    type: 'gauge',
    name: 'experiment_evidence_p_value',
    help: 'Always-valid p-value of "both variants score the same", last decision of the open experiment',
    labels: ['project'],
  },
  // Decisions
  experimentsEnded: {
    type: 'counter',
    name: 'experiment_outcomes_total',
    help: 'Experiments that ended, by outcome',
    labels: ['project', 'outcome'],
  },
  decisions: {
    type: 'counter',
    name: 'experiment_decisions_total',
    help: 'Hourly decisions, by verdict',
    labels: ['project', 'verdict'],
  },
  lastDecision: {
    type: 'gauge',
    name: 'experiment_last_decision_timestamp_seconds',
    help: 'When the last decision was made',
    labels: ['project'],
  },
  timeToDecision: {
    type: 'gauge',
    name: 'experiment_time_to_decision_seconds',
    help: 'Mean time from the start to the end of the experiments that ended in the last 90 days',
    labels: ['project'],
  },
  // Drift and quality of the data
  driftDetected: {
    type: 'gauge',
    name: 'drift_detected',
    help: '1 when the last drift report found drift',
    labels: ['project'],
  },
  driftSevere: {
    type: 'gauge',
    name: 'drift_severe',
    help: '1 when the last drift report found severe drift',
    labels: ['project'],
  },
  driftRows: {
    type: 'gauge',
    name: 'drift_report_rows',
    help: 'Predictions that the last drift report looked at',
    labels: ['project'],
  },
  driftReports: {
    type: 'counter',
    name: 'drift_reports_total',
    help: 'Drift reports, by whether drift was found',
    labels: ['project', 'drifted'],
  },
  lastDriftReport: {
    type: 'gauge',
    name: 'drift_last_report_timestamp_seconds',
    help: 'When the last drift report was made',
    labels: ['project'],
  },
  featureDrift: {
    type: 'gauge',
    name: 'drift_feature_effect_ratio',
    help: 'Effect size of a feature over its line, last drift report; above 1 the line is crossed',
    labels: ['project', 'feature'],
  },
  qualityShare: {
    type: 'gauge',
    name: 'data_quality_share',
    help: 'Share of rows with the problem in the current window, last drift report',
    labels: ['project', 'column', 'check'],
  },
  datasetRows: {
    type: 'gauge',
    name: 'dataset_rows',
    help: 'Rows of the newest training snapshot',
    labels: ['project'],
  },
  datasetRemoved: {
    type: 'gauge',
    name: 'dataset_removed_rows',
    help: 'Rows that a cleaning rule removed from the newest training snapshot',
    labels: ['project', 'rule'],
  },
  datasetVersions: {
    type: 'counter',
    name: 'dataset_snapshots_total',
    help: 'Training snapshots made',
    labels: ['project'],
  },
  lastDataset: {
    type: 'gauge',
    name: 'dataset_last_snapshot_timestamp_seconds',
    help: 'When the newest training snapshot was made',
    labels: ['project'],
  },
  // Training, registry and deployment
  trainingRuns: {
    type: 'counter',
    name: 'training_runs_total',
    help: 'Training runs, by status',
    labels: ['project', 'status'],
  },
  trainingRunning: {
    type: 'gauge',
    name: 'training_runs_in_progress',
    help: 'Training runs going on',
    labels: ['project'],
  },
  trainingFailedInRow: {
    type: 'gauge',
    name: 'training_consecutive_failures',
    help: 'Training runs that failed since the last that succeeded',
    labels: ['project'],
  },
  trainingDuration: {
    type: 'gauge',
    name: 'training_last_duration_seconds',
    help: 'Duration of the last training run that succeeded',
    labels: ['project'],
  },
  trainingLastSuccess: {
    type: 'gauge',
    name: 'training_last_success_timestamp_seconds',
    help: 'When the last training run succeeded',
    labels: ['project'],
  },
  registryModels: {
    type: 'gauge',
    name: 'registry_models',
    help: 'Model versions, by state',
    labels: ['project', 'state'],
  },
  slotDeployed: {
    type: 'gauge',
    name: 'slot_deployed_timestamp_seconds',
    help: 'When the version in the slot was deployed',
    labels: ['project', 'slot'],
  },
  slotModelCreated: {
    type: 'gauge',
    name: 'slot_model_created_timestamp_seconds',
    help: 'When the version in the slot was trained',
    labels: ['project', 'slot'],
  },
  slotQuality: {
    type: 'gauge',
    name: 'slot_model_quality',
    help: 'A measure of the version in the slot on its test rows',
    labels: ['project', 'slot', 'measure'],
  },
  slotTarget: {
    type: 'gauge',
    name: 'slot_target_generation',
    help: 'Generation of the slot that its services should serve',
    labels: ['project', 'slot'],
  },
  deployments: {
    type: 'counter',
    name: 'deployments_total',
    help: 'Versions put into a slot',
    labels: ['project', 'slot'],
  },
  instances: {
    type: 'gauge',
    name: 'instances_reporting',
    help: 'Instances that reported in the last 15 seconds',
    labels: ['project', 'role'],
  },
  instancesLagging: {
    type: 'gauge',
    name: 'instances_behind',
    help: 'Reporting instances whose generation is older than their slot asks for',
    labels: ['project', 'role'],
  },
  instancesRefusing: {
    type: 'gauge',
    name: 'instances_refusing',
    help: 'Reporting instances that cannot serve what their slot asks for',
    labels: ['project', 'role'],
  },
  // Batch, feedback and business
  batches: {
    type: 'counter',
    name: 'batch_predictions_total',
    help: 'Batches of predictions, by state',
    labels: ['project', 'state'],
  },
  batchRowsDone: {
    type: 'counter',
    name: 'batch_prediction_rows_total',
    help: 'Rows of batches, by outcome',
    labels: ['project', 'outcome'],
  },
  batchesRunning: {
    type: 'gauge',
    name: 'batch_predictions_in_progress',
    help: 'Batches going on',
    labels: ['project'],
  },
  feedbackCurrent: {
    type: 'gauge',
    name: 'feedback_current',
    help: 'Feedback that holds (not replaced), by type',
    labels: ['project', 'type'],
  },
  ratingMean: {
    type: 'gauge',
    name: 'feedback_rating_mean',
    help: 'Mean rating of the last 7 days, 1..5',
    labels: ['project', 'variant'],
  },
  ratingCount: {
    type: 'gauge',
    name: 'feedback_rated_predictions',
    help: 'Ratings of the last 7 days',
    labels: ['project', 'variant'],
  },
  actualError: {
    type: 'gauge',
    name: 'prediction_actual_error_ratio',
    help: 'Mean absolute error relative to the actual price, feedback of the last 90 days',
    labels: ['project', 'variant'],
  },
  actualBias: {
    type: 'gauge',
    name: 'prediction_actual_bias_ratio',
    help: 'Mean of (estimate - actual) / actual, feedback of the last 90 days; above 0 = too high',
    labels: ['project', 'variant'],
  },
  actualCount: {
    type: 'gauge',
    name: 'prediction_actual_prices',
    help: 'Actual prices given in the last 90 days',
    labels: ['project', 'variant'],
  },
  estimateMean: {
    type: 'gauge',
    name: 'prediction_value_mean',
    help: 'Mean of the newest 1,000 estimates of the last hour, in the unit of the project',
    labels: ['project', 'variant'],
  },
  auditEntries: { type: 'counter', name: 'audit_entries_total', help: 'Entries of the audit log', labels: ['action'] },
} as const satisfies Record<string, MetricDefinition>;

export type LoopMetricKey = keyof typeof loopMetricDefinitions;

/** What the loop stands on, seen from the worker: Postgres, Temporal and its schedules, S3, the disk. */
export const dependencyMetricDefinitions = {
  dependencyUp: {
    type: 'gauge',
    name: 'dependency_up',
    help: '1 while the dependency (postgres, s3, temporal) answers',
    labels: ['dependency'],
  },
  dependencyProbe: {
    type: 'gauge',
    name: 'dependency_probe_seconds',
    help: 'Time of the last probe of the dependency',
    labels: ['dependency'],
  },
  collectSeconds: {
    type: 'gauge',
    name: 'loop_metrics_collect_seconds',
    help: 'Time that reading the metrics of the loop took',
  },
  collectedAt: {
    type: 'gauge',
    name: 'loop_metrics_collected_timestamp_seconds',
    help: 'When the metrics of the loop were read last',
  },
  poolConnections: {
    type: 'gauge',
    name: 'postgres_pool_connections',
    help: "Connections of the worker's pool, by state (busy, idle) and callers that wait",
    labels: ['state'],
  },
  poolMax: {
    type: 'gauge',
    name: 'postgres_pool_max_connections',
    help: "Most connections that the worker's pool opens",
  },
  databaseBytes: { type: 'gauge', name: 'postgres_database_bytes', help: 'Size of the database' },
  databaseConnections: {
    type: 'gauge',
    name: 'postgres_connections',
    help: 'Connections to the database, of everybody',
  },
  databaseConnectionsMax: {
    type: 'gauge',
    name: 'postgres_connections_max',
    help: 'Connections that the server allows',
  },
  deadTuples: {
    type: 'gauge',
    name: 'postgres_dead_rows_ratio',
    help: 'Dead rows over all rows of the tables of the product',
  },
  diskFree: { type: 'gauge', name: 'home_disk_free_bytes', help: 'Free bytes on the disk of the home folder' },
  diskSize: { type: 'gauge', name: 'home_disk_size_bytes', help: 'Size of the disk of the home folder' },
  certificateExpiry: {
    type: 'gauge',
    name: 'certificate_expiry_timestamp_seconds',
    help: 'When the certificate ends',
    labels: ['certificate'],
  },
  scheduleLast: {
    type: 'gauge',
    name: 'schedule_last_action_timestamp_seconds',
    help: 'When the schedule last started a workflow',
    labels: ['schedule'],
  },
  scheduleNext: {
    type: 'gauge',
    name: 'schedule_next_action_timestamp_seconds',
    help: 'When the schedule will start a workflow',
    labels: ['schedule'],
  },
  schedulePaused: {
    type: 'gauge',
    name: 'schedule_paused',
    help: '1 while the schedule is paused',
    labels: ['schedule'],
  },
  scheduleMissed: {
    type: 'counter',
    name: 'schedule_missed_total',
    help: 'Actions that the schedule missed because its window had passed',
    labels: ['schedule'],
  },
  scheduleSkipped: {
    type: 'counter',
    name: 'schedule_skipped_total',
    help: 'Actions that the schedule skipped because the one before still ran',
    labels: ['schedule'],
  },
  workersRunning: {
    type: 'gauge',
    name: 'temporal_workers_running',
    help: 'Workers of this process that poll their task queue',
  },
} as const satisfies Record<string, MetricDefinition>;
