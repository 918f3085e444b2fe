import type { MetricDefinition } from './metric-definition.js';

/** Drift, the quality of the data and the training snapshots. */
export const dataMetricDefinitions = {
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
} as const satisfies Record<string, MetricDefinition>;
