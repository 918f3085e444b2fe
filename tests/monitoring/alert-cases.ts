/** Series by their text, with values in promtool's notation (one a step: `0+60x10` = 0, 60, … 600). */
export type Series = Readonly<Record<string, string>>;

export interface AlertCase {
  /** When to look; default: 30m. */
  readonly at?: string;
  readonly fires: Series;
  readonly silent: Series;
  /** Time between values and between evaluations; default: 1m. */
  readonly step?: '5m';
  /** How many alerts fire; default: 1. */
  readonly count?: number;
}

const served = (variant: string) => `prediction_requests_total{project="p",variant="${variant}"}`;
const failed = (variant: string, code = 'INTERNAL') =>
  `prediction_errors_total{project="p",variant="${variant}",code="${code}"}`;
const always = (value: number | string, minutes = 60) => `${value}x${minutes}`;

/** Requests a minute by the upper bound of their bucket, seconds; the rest is faster than all of them. */
const latency = (counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(counts).map(([le, perMinute]) => [
      `prediction_latency_seconds_bucket{project="p",variant="production",le="${le}"}`,
      `0+${perMinute}x60`,
    ]),
  );
const gauge = (name: string, value: number | string, labels = 'project="p"'): Series => ({
  [`${name}{${labels}}`]: always(value),
});
/** Timestamps count from the start of the test: 0 = its beginning. */
const open = { ...gauge('experiment_open', 1), ...gauge('experiment_age_seconds', 20_000) };

export const alertCases: Readonly<Record<string, AlertCase>> = {
  PredictionErrorRateHigh: {
    fires: { [served('production')]: '0+98x60', [failed('production')]: '0+2x60' },
    silent: { [served('production')]: '0+995x60', [failed('production')]: '0+5x60', [failed('candidate')]: '0+9x60' },
  },
  PredictionLatencyP95High: {
    fires: latency({ '0.1': 94, '0.25': 100, '+Inf': 100 }),
    silent: latency({ '0.1': 96, '0.25': 100, '+Inf': 100 }),
  },
  PredictionLatencyP99High: {
    fires: latency({ '0.5': 98, '1': 100, '+Inf': 100 }),
    silent: latency({ '0.5': 99.5, '1': 100, '+Inf': 100 }),
  },
  NoPredictionTraffic: {
    at: '100m',
    fires: { [served('production')]: '0+60x60 3600x60' },
    silent: {
      [served('production')]: '0+60x120',
      'prediction_requests_total{project="quiet",variant="production"}': '0x120',
    },
  },
  ServiceDown: {
    fires: gauge('up', 0, 'job="inference",instance="a:6001"'),
    silent: { ...gauge('up', 1, 'job="inference",instance="a:6001"'), ...gauge('up', 0, 'job="grafana",instance="g"') },
  },
  NoProductionService: {
    fires: {
      ...gauge('up', 0, 'job="inference",slot="production",instance="a"'),
      ...gauge('up', 1, 'job="inference",slot="candidate",instance="b"'),
    },
    silent: {
      ...gauge('up', 1, 'job="inference",slot="production",instance="a"'),
      ...gauge('up', 0, 'job="inference",slot="production",instance="b"'),
    },
  },
  InstancesMissing: {
    fires: gauge('instances_reporting', 0, 'project="p",role="router"'),
    silent: {
      ...gauge('instances_reporting', 1, 'project="p",role="router"'),
      ...gauge('instances_reporting', 0, 'project="p",role="candidate"'),
    },
  },
  ModelRefused: {
    fires: gauge('instances_refusing', 1, 'project="p",role="candidate"'),
    silent: gauge('instances_refusing', 0, 'project="p",role="candidate"'),
  },
  InstancesBehind: {
    fires: gauge('instances_behind', 1, 'project="p",role="production"'),
    silent: { 'instances_behind{project="p",role="production"}': '1x2 0x60' },
  },
  PredictionsSpooled: {
    fires: gauge('inference_database_up', 0, 'instance="a"'),
    silent: gauge('inference_database_up', 1, 'instance="a"'),
  },
  SpoolGrowing: {
    fires: { 'prediction_spool_bytes{instance="a"}': '0+1000x60' },
    silent: { 'prediction_spool_bytes{instance="a"}': '90000-1000x60' },
  },
  SpoolNearlyFull: {
    fires: gauge('prediction_spool_bytes', 450_000_000, 'instance="a"'),
    silent: gauge('prediction_spool_bytes', 350_000_000, 'instance="a"'),
  },
  PredictionLogBacklog: {
    fires: gauge('prediction_log_pending_rows', 6000, 'instance="a"'),
    silent: gauge('prediction_log_pending_rows', 4000, 'instance="a"'),
  },
  CandidateUnhealthy: {
    fires: {
      [served('candidate')]: '0+90x60',
      [failed('candidate', 'MODEL_FAILED')]: '0+10x60',
      ...gauge('instances_reporting', 0, 'project="q",role="candidate"'),
      ...gauge('experiment_open', 1, 'project="q"'),
    },
    count: 2,
    silent: {
      [served('candidate')]: '0+90x60',
      [failed('candidate', 'INVALID_INPUT')]: '0+10x60',
      ...gauge('instances_reporting', 0, 'project="q",role="candidate"'),
      ...gauge('experiment_open', 0, 'project="q"'),
    },
  },
  SplitOffItsWeights: {
    at: '100m',
    fires: {
      [served('production')]: '0+95x120',
      [served('candidate')]: '0+5x120',
      'experiment_candidate_weight_ratio{project="p"}': '0.2x120',
      'experiment_open{project="p"}': '1x120',
    },
    silent: {
      [served('production')]: '0+82x120',
      [served('candidate')]: '0+18x120',
      'experiment_candidate_weight_ratio{project="p"}': '0.2x120',
      'experiment_open{project="p"}': '1x120',
    },
  },
  SampleRatioMismatch: {
    fires: { ...open, ...gauge('experiment_sample_ratio_p_value', 0.0005) },
    silent: { ...open, ...gauge('experiment_sample_ratio_p_value', 0.002) },
  },
  DecisionLate: {
    at: '200m',
    fires: {
      'experiment_open{project="p"}': '1x200',
      'experiment_age_seconds{project="p"}': '20000x200',
      'experiment_last_decision_timestamp_seconds{project="p"}': '600x200',
    },
    silent: {
      'experiment_open{project="p"}': '1x200',
      'experiment_age_seconds{project="p"}': '20000x200',
      'experiment_last_decision_timestamp_seconds{project="p"}': '9000x200',
    },
  },
  ModelDrift: { fires: gauge('drift_detected', 1), silent: gauge('drift_detected', 0) },
  ModelDriftSevere: { fires: gauge('drift_severe', 1), silent: gauge('drift_severe', 0) },
  ModelDriftScoreHigh: {
    fires: {
      ...gauge('model_drift_score', 0.6, 'project="p",instance="a"'),
      ...gauge('model_drift_score', 0.6, 'project="p",instance="b"'),
    },
    silent: gauge('model_drift_score', 0.4, 'project="p",instance="a"'),
  },
  DriftReportLate: {
    at: '27h',
    step: '5m',
    fires: { 'drift_last_report_timestamp_seconds{project="p"}': '60x340' },
    silent: { 'drift_last_report_timestamp_seconds{project="p"}': '40000x340' },
  },
  CategoriesUnknown: {
    at: '100m',
    fires: {
      'feature_lookups_total{project="p",feature="location",outcome="hit"}': '0+6x120',
      'feature_lookups_total{project="p",feature="location",outcome="miss"}': '0+3x120',
    },
    silent: {
      'feature_lookups_total{project="p",feature="location",outcome="hit"}': '0+9x120',
      'feature_lookups_total{project="p",feature="location",outcome="miss"}': '0+1x120',
      // one visitor an hour who mistypes is nothing to be told of
      'feature_lookups_total{project="quiet",feature="location",outcome="miss"}': '0+0.5x120',
    },
  },
  RatingsLow: {
    at: '90m',
    fires: {
      'feedback_rating_mean{project="p",variant="production"}': '2.2x100',
      'feedback_rated_predictions{project="p",variant="production"}': '80x100',
    },
    silent: {
      'feedback_rating_mean{project="p",variant="production"}': '2.2x100',
      'feedback_rated_predictions{project="p",variant="production"}': '20x100',
    },
  },
  EstimatesOffActualPrices: {
    at: '90m',
    fires: {
      'prediction_actual_error_ratio{project="p",variant="production"}': '0.5x100',
      'prediction_actual_prices{project="p",variant="production"}': '31x100',
    },
    silent: {
      'prediction_actual_error_ratio{project="p",variant="production"}': '0.3x100',
      'prediction_actual_prices{project="p",variant="production"}': '31x100',
    },
  },
  ModelOld: {
    at: '90m',
    fires: { 'slot_model_created_timestamp_seconds{project="p",slot="production"}': '-2600000x100' },
    silent: { 'slot_model_created_timestamp_seconds{project="p",slot="production"}': '-2500000x100' },
  },
  TrainingFailed: {
    fires: gauge('training_consecutive_failures', 1),
    silent: gauge('training_consecutive_failures', 0),
  },
  TrainingFailsRepeatedly: {
    fires: gauge('training_consecutive_failures', 3),
    silent: gauge('training_consecutive_failures', 2),
  },
  TrainingStuck: {
    at: '7h',
    step: '5m',
    fires: { 'training_runs_in_progress{project="p"}': '1x84' },
    silent: { 'training_runs_in_progress{project="p"}': '1x40 0 1x43' },
  },
  BatchFailed: {
    fires: { 'batch_predictions_total{project="p",state="failed"}': '2x10 3x50' },
    silent: {
      'batch_predictions_total{project="p",state="failed"}': '2x60',
      'batch_predictions_total{project="p",state="succeeded"}': '2+1x60',
    },
  },
  ScheduleLate: {
    fires: gauge('schedule_next_action_timestamp_seconds', 60, 'schedule="p-train-weekly"'),
    silent: {
      ...gauge('schedule_next_action_timestamp_seconds', 60, 'schedule="paused"'),
      ...gauge('schedule_paused', 1, 'schedule="paused"'),
      ...gauge('schedule_next_action_timestamp_seconds', 3600, 'schedule="p-train-weekly"'),
    },
  },
  ScheduleMissed: {
    fires: { 'schedule_missed_total{schedule="p-train-weekly"}': '0x10 1x50' },
    silent: { 'schedule_missed_total{schedule="p-train-weekly"}': '1x60' },
  },
  SchedulePaused: {
    at: '25h',
    step: '5m',
    fires: { 'schedule_paused{schedule="p-train-weekly"}': '1x300' },
    silent: { 'schedule_paused{schedule="p-train-weekly"}': '1x20 0x280' },
  },
  WorkersNotPolling: {
    fires: gauge('temporal_workers_running', 1, 'instance="w"'),
    silent: gauge('temporal_workers_running', 2, 'instance="w"'),
  },
  PostgresAway: {
    fires: {
      ...gauge('dependency_up', 0, 'dependency="postgres",instance="a"'),
      ...gauge('dependency_up', 0, 'dependency="postgres",instance="b"'),
    },
    silent: {
      ...gauge('dependency_up', 0, 'dependency="postgres",instance="a"'),
      ...gauge('dependency_up', 1, 'dependency="postgres",instance="b"'),
    },
  },
  TemporalAway: {
    fires: gauge('dependency_up', 0, 'dependency="temporal"'),
    silent: { ...gauge('dependency_up', 1, 'dependency="temporal"'), ...gauge('dependency_up', 0, 'dependency="s3"') },
  },
  S3Away: {
    fires: gauge('dependency_up', 0, 'dependency="s3"'),
    silent: { ...gauge('dependency_up', 1, 'dependency="s3"'), ...gauge('dependency_up', 0, 'dependency="temporal"') },
  },
  LoopMetricsStale: {
    fires: gauge('loop_metrics_collected_timestamp_seconds', 60, 'instance="w"'),
    silent: { 'loop_metrics_collected_timestamp_seconds{instance="w"}': '0+60x60' },
  },
  PostgresPoolExhausted: {
    fires: gauge('postgres_pool_connections', 2, 'state="waiting"'),
    silent: {
      ...gauge('postgres_pool_connections', 0, 'state="waiting"'),
      ...gauge('postgres_pool_connections', 9, 'state="busy"'),
    },
  },
  PostgresConnectionsNearlyUsed: {
    fires: {
      ...gauge('postgres_connections', 95, 'instance="w"'),
      ...gauge('postgres_connections_max', 100, 'instance="w"'),
    },
    silent: {
      ...gauge('postgres_connections', 85, 'instance="w"'),
      ...gauge('postgres_connections_max', 100, 'instance="w"'),
    },
  },
  DiskNearlyFull: {
    fires: {
      ...gauge('home_disk_free_bytes', 5e9, 'instance="w"'),
      ...gauge('home_disk_size_bytes', 1e11, 'instance="w"'),
    },
    silent: {
      ...gauge('home_disk_free_bytes', 2e10, 'instance="w"'),
      ...gauge('home_disk_size_bytes', 1e11, 'instance="w"'),
    },
  },
  CertificateExpires: {
    at: '90m',
    fires: { 'certificate_expiry_timestamp_seconds{certificate="router"}': '1200000x100' },
    silent: { 'certificate_expiry_timestamp_seconds{certificate="router"}': '1300000x100' },
  },
  EventLoopBlocked: {
    fires: gauge('nodejs_eventloop_lag_p99_seconds', 0.4, 'job="inference",instance="a"'),
    silent: gauge('nodejs_eventloop_lag_p99_seconds', 0.1, 'job="inference",instance="a"'),
  },
  TrackingOutboxStuck: {
    fires: gauge('tracking_outbox_oldest_seconds', '3700+60', 'instance="a"'),
    // told again in time, on one worker; the other has nothing to tell
    silent: {
      ...gauge('tracking_outbox_oldest_seconds', 0, 'instance="a"'),
      'tracking_outbox_oldest_seconds{instance="b"}': '0+200x15 0x45',
    },
  },
  NotificationsFailing: {
    at: '80m',
    // the first failure of one channel, another one of a second channel
    fires: {
      'notification_deliveries_total{project="p",channel="slack",outcome="failed"}': '_x40 1x60',
      'notification_deliveries_total{project="p",channel="email",outcome="failed"}': '4x40 5x60',
    },
    count: 2,
    // failures of long ago, some of them no longer kept, and messages that arrive
    silent: {
      'notification_deliveries_total{project="p",channel="slack",outcome="failed"}': '5x40 3x60',
      'notification_deliveries_total{project="p",channel="email",outcome="failed"}': '4x120',
      'notification_deliveries_total{project="p",channel="email",outcome="sent"}': '0+1x120',
    },
  },
  // 2 % of errors burn 20 times too fast; in the silent cases the long window still burns, the short one no longer does
  SloBurnFast: {
    at: '80m',
    fires: { [served('production')]: '0+980x120', [failed('production')]: '0+20x120' },
    silent: { [served('production')]: '0+980x120', [failed('production')]: '0+20x70 1400x50' },
  },
  SloBurnSlow: {
    at: '7h',
    step: '5m',
    fires: { [served('production')]: '0+4960x84', [failed('production')]: '0+40x84' },
    silent: { [served('production')]: '0+4960x84', [failed('production')]: '0+40x72 2880x12' },
  },
  SloBurnCreeping: {
    at: '74h',
    step: '5m',
    fires: { [served('production')]: '0+49900x888', [failed('production')]: '0+100x888' },
    silent: { [served('production')]: '0+49900x888', [failed('production')]: '0+100x780 78000x108' },
  },
};
