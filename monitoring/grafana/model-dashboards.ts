import type { DashboardSpec } from './dashboard.js';
import { by, P, PV, quantile } from './query.js';

export const modelPerformance: DashboardSpec = {
  uid: 'model-performance',
  title: 'Model performance',
  variables: ['project', 'variant'],
  rows: [
    {
      title: 'What users say',
      panels: [
        { title: 'Mean rating of 7 days', queries: { '{{variant}}': `feedback_rating_mean{${PV}}` } },
        { title: 'Ratings of 7 days', queries: { '{{variant}}': `feedback_rated_predictions{${PV}}` } },
        {
          title: 'Ratings by stars, in an hour',
          queries: { '{{stars}}': `sum by (stars) (increase(prediction_ratings_total{${P}}[1h]))` },
        },
        {
          title: 'Error against actual prices',
          unit: 'percentunit',
          queries: { '{{variant}}': `prediction_actual_error_ratio{${PV}}` },
        },
        {
          title: 'Bias against actual prices',
          unit: 'none',
          queries: { '{{variant}}': `prediction_actual_bias_ratio{${PV}}` },
        },
        { title: 'Actual prices given', queries: { '{{variant}}': `prediction_actual_prices{${PV}}` } },
      ],
    },
    {
      title: 'On the test rows',
      panels: [
        {
          title: 'Quality of the versions in the slots',
          kind: 'table',
          width: 24,
          queries: by('{{slot}} {{measure}}', 'slot_model_quality'),
        },
      ],
    },
  ],
};

export const drift: DashboardSpec = {
  uid: 'drift',
  title: 'Drift',
  rows: [
    {
      title: 'Last report',
      panels: [
        {
          title: 'Drift score',
          lines: [0.3, 0.5],
          queries: { '{{project}}': `max by (project) (model_drift_score{${P}})` },
        },
        {
          title: 'Drift found',
          kind: 'stat',
          lines: [1, 2],
          queries: { 'drift {{project}}': `drift_detected{${P}}`, 'severe {{project}}': `drift_severe{${P}}` },
        },
        {
          title: 'Age of the report',
          kind: 'stat',
          unit: 's',
          lines: [90000, 95400],
          queries: { '{{project}}': `time() - drift_last_report_timestamp_seconds{${P}}` },
        },
        {
          title: 'Effect over its line, by feature',
          lines: [1, 2],
          width: 12,
          queries: by('{{feature}}', 'drift_feature_effect_ratio'),
        },
        { title: 'Predictions looked at', width: 6, queries: by('{{project}}', 'drift_report_rows') },
        {
          title: 'Reports',
          width: 6,
          queries: { 'drifted {{drifted}}': `sum by (drifted) (drift_reports_total{${P}})` },
        },
      ],
    },
  ],
};

export const dataQuality: DashboardSpec = {
  uid: 'data-quality',
  title: 'Data quality',
  rows: [
    {
      title: 'Requests against training data',
      panels: [
        {
          title: 'Share of rows with the problem',
          unit: 'percentunit',
          width: 12,
          queries: by('{{column}} {{check}}', 'data_quality_share'),
        },
        {
          title: 'Personal data taken out of comments, in an hour',
          queries: { '{{kind}}': `sum by (kind) (increase(personal_data_masked_total{${P}}[1h]))` },
        },
        {
          title: 'Refused input',
          unit: 'reqps',
          width: 12,
          queries: {
            '{{code}}': `sum by (code) (rate(prediction_errors_total{${P}, code=~"INVALID_INPUT|BAD_JSON|TOO_LARGE"}[5m]))`,
          },
        },
      ],
    },
    {
      title: 'Training data',
      panels: [
        { title: 'Rows of the newest snapshot', queries: by('{{project}}', 'dataset_rows') },
        { title: 'Removed by rule', kind: 'bargauge', queries: by('{{rule}}', 'dataset_removed_rows') },
        { title: 'Snapshots', queries: by('{{project}}', 'dataset_snapshots_total') },
        {
          title: 'Age of the newest snapshot',
          kind: 'stat',
          unit: 's',
          queries: { '{{project}}': `time() - dataset_last_snapshot_timestamp_seconds{${P}}` },
        },
      ],
    },
  ],
};

export const features: DashboardSpec = {
  uid: 'feature-store',
  title: 'Feature store',
  variables: ['project', 'variant'],
  rows: [
    {
      title: 'Tables of the served model',
      panels: [
        {
          title: 'Lookups',
          unit: 'reqps',
          queries: { '{{feature}}': `sum by (feature) (rate(feature_lookups_total{${P}}[5m]))` },
        },
        {
          title: 'Categories that are not known',
          unit: 'percentunit',
          lines: [0.05, 0.2],
          queries: {
            '{{feature}}': `sum by (feature) (rate(feature_lookups_total{${P}, outcome="miss"}[15m])) / sum by (feature) (rate(feature_lookups_total{${P}}[15m]))`,
          },
        },
        {
          title: 'Age of the tables',
          kind: 'stat',
          unit: 's',
          queries: {
            '{{project}} {{variant}}': `time() - min by (project, variant) (feature_tables_timestamp_seconds{${PV}})`,
          },
        },
      ],
    },
    {
      title: 'Lists and similar rows',
      panels: [
        {
          title: 'Reads',
          unit: 'reqps',
          queries: { '{{outcome}}': `sum by (outcome) (rate(feature_read_seconds_count{${P}}[5m]))` },
        },
        {
          title: 'From the shared cache',
          unit: 'percentunit',
          queries: {
            '{{project}}': `sum by (project) (rate(feature_read_seconds_count{${P}, outcome="hit"}[15m]) or 0 * rate(feature_read_seconds_count{${P}}[15m])) / sum by (project) (rate(feature_read_seconds_count{${P}}[15m]))`,
          },
        },
        {
          title: 'Time of a read, p95',
          unit: 's',
          queries: {
            '{{outcome}}': quantile(0.95, 'feature_read_seconds', 'outcome', P),
          },
        },
      ],
    },
  ],
};
