import type { DashboardSpec } from './dashboard.js';

const P = 'project=~"$project"';
const PV = `${P}, variant=~"$variant"`;
const by = (labels: string, metric: string) => ({ [labels]: `${metric}{${P}}` });

export const experiment: DashboardSpec = {
  uid: 'experiment',
  title: 'A/B experiment',
  rows: [
    {
      title: 'The experiment that is open',
      panels: [
        {
          title: 'Open for',
          kind: 'stat',
          unit: 'dtdurations',
          width: 6,
          queries: by('{{project}}', 'experiment_age_seconds'),
        },
        {
          title: 'Weight of the candidate',
          kind: 'stat',
          unit: 'percentunit',
          width: 6,
          queries: by('{{project}}', 'experiment_candidate_weight_ratio'),
        },
        {
          title: 'Users of those expected',
          kind: 'bargauge',
          unit: 'percentunit',
          width: 6,
          queries: {
            '{{project}}': `sum by (project) (experiment_users{${P}}) / on (project) experiment_expected_users{${P}}`,
          },
        },
        {
          title: 'p-value of the split',
          kind: 'stat',
          width: 6,
          queries: by('{{project}}', 'experiment_sample_ratio_p_value'),
        },
      ],
    },
    {
      title: 'Variants side by side',
      panels: [
        { title: 'Score', queries: by('{{variant}}', 'experiment_score') },
        { title: 'Mean rating', queries: by('{{variant}}', 'experiment_rating_mean') },
        { title: 'Mean latency', unit: 's', queries: by('{{variant}}', 'experiment_latency_mean_seconds') },
        { title: 'Users', queries: by('{{variant}}', 'experiment_users') },
        { title: 'Requests', queries: by('{{variant}}', 'experiment_requests') },
        { title: 'Ratings', queries: by('{{variant}}', 'experiment_ratings') },
        { title: 'Failed requests', queries: by('{{variant}}', 'experiment_errors') },
      ],
    },
  ],
};

export const decisions: DashboardSpec = {
  uid: 'decisions',
  title: 'Decisions',
  rows: [
    {
      title: 'Hourly decisions',
      panels: [
        {
          title: 'By verdict, in a day',
          queries: { '{{verdict}}': `sum by (verdict) (increase(experiment_decisions_total{${P}}[1d]))` },
        },
        {
          title: 'Last decision',
          kind: 'stat',
          unit: 's',
          lines: [5400, 9000],
          queries: { '{{project}}': `time() - experiment_last_decision_timestamp_seconds{${P}}` },
        },
        {
          title: 'Evidence: p-value of "no difference"',
          lines: [0.05, 0.2],
          queries: by('{{project}}', 'experiment_evidence_p_value'),
        },
        {
          title: 'Outcomes of experiments',
          kind: 'bargauge',
          queries: { '{{outcome}}': `sum by (outcome) (experiment_outcomes_total{${P}})` },
        },
        {
          title: 'Time to a decision',
          kind: 'stat',
          unit: 's',
          queries: by('{{project}}', 'experiment_time_to_decision_seconds'),
        },
      ],
    },
  ],
};

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

export const training: DashboardSpec = {
  uid: 'training',
  title: 'Training',
  rows: [
    {
      title: 'Runs',
      panels: [
        { title: 'Going on', queries: by('{{project}}', 'training_runs_in_progress') },
        {
          title: 'Ended in a day',
          queries: { '{{status}}': `sum by (status) (increase(training_runs_total{${P}}[1d]))` },
        },
        {
          title: 'Failed since the last success',
          kind: 'stat',
          lines: [1, 3],
          queries: by('{{project}}', 'training_consecutive_failures'),
        },
        { title: 'Duration of the last', unit: 's', queries: by('{{project}}', 'training_last_duration_seconds') },
        {
          title: 'Since the last success',
          kind: 'stat',
          unit: 's',
          queries: { '{{project}}': `time() - training_last_success_timestamp_seconds{${P}}` },
        },
      ],
    },
  ],
};

export const registry: DashboardSpec = {
  uid: 'registry',
  title: 'Registry and deployments',
  rows: [
    {
      title: 'Versions and slots',
      panels: [
        { title: 'Versions by state', queries: by('{{state}}', 'registry_models') },
        {
          title: 'Age of the model in the slot',
          kind: 'stat',
          unit: 's',
          queries: { '{{slot}}': `time() - slot_model_created_timestamp_seconds{${P}}` },
        },
        {
          title: 'Deployed for',
          kind: 'stat',
          unit: 's',
          queries: { '{{slot}}': `time() - slot_deployed_timestamp_seconds{${P}}` },
        },
        {
          title: 'Generation: asked for and served',
          width: 12,
          queries: {
            'asked for {{slot}}': `slot_target_generation{${P}}`,
            'served {{variant}} {{instance}}': `inference_slot_generation{${P}}`,
          },
        },
        {
          title: 'Deployments in a day',
          width: 12,
          queries: { '{{slot}}': `sum by (slot) (increase(deployments_total{${P}}[1d]))` },
        },
      ],
    },
  ],
};

export const business: DashboardSpec = {
  uid: 'business',
  title: 'Business',
  variables: ['project', 'variant'],
  rows: [
    {
      title: 'Estimates and users',
      panels: [
        {
          title: 'Predictions in a day',
          kind: 'stat',
          queries: { '{{project}}': `sum by (project) (increase(prediction_requests_total{${PV}}[1d]))` },
        },
        {
          title: 'Mean estimate (unit of the project)',
          unit: 'none',
          queries: { '{{variant}}': `prediction_value_mean{${PV}}` },
        },
        {
          title: 'Feedback a minute',
          queries: { '{{type}}': `60 * sum by (type) (rate(prediction_feedback_total{${PV}}[10m]))` },
        },
        { title: 'Feedback that holds', kind: 'bargauge', queries: by('{{type}}', 'feedback_current') },
        { title: 'Mean rating of 7 days', queries: { '{{variant}}': `feedback_rating_mean{${PV}}` } },
        { title: 'Actions in the audit log', kind: 'bargauge', queries: { '{{action}}': 'audit_entries_total' } },
      ],
    },
  ],
};
