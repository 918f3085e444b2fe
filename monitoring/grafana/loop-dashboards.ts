import type { DashboardSpec } from './dashboard.js';
import { by, P, PV } from './query.js';

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
        { title: 'Approvals waited for', kind: 'stat', queries: { '{{project}}': `approvals_pending{${P}}` } },
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
        {
          title: 'Personal data masked in a day',
          queries: { '{{kind}}': `sum by (kind) (increase(personal_data_masked_total{${P}}[1d]))` },
        },
        { title: 'Actions in the audit log', kind: 'bargauge', queries: { '{{action}}': 'audit_entries_total' } },
      ],
    },
  ],
};
