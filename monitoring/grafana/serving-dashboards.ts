import type { DashboardSpec } from './dashboard.js';
import { duration, P, PV, quantile } from './query.js';

export const overview: DashboardSpec = {
  uid: 'overview',
  title: 'Overview',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          title: 'Predictions a second',
          kind: 'stat',
          unit: 'reqps',
          width: 4,
          queries: { '{{project}}': `sum by (project) (project_variant:prediction_requests:rate5m{${P}})` },
        },
        {
          title: 'Failed predictions',
          kind: 'stat',
          unit: 'percentunit',
          width: 4,
          lines: [0.001, 0.01],
          queries: { '{{project}} {{variant}}': `project_variant:prediction_error_ratio:rate5m{${P}}` },
        },
        {
          title: 'Latency p95',
          kind: 'stat',
          unit: 's',
          width: 4,
          lines: [0.1, 0.5],
          queries: { '{{variant}}': `project_variant:prediction_latency_seconds:p95_5m{${P}}` },
        },
        { title: 'Experiment open', kind: 'stat', width: 4, queries: { '{{project}}': `experiment_open{${P}}` } },
        {
          title: 'Drift score',
          kind: 'stat',
          width: 4,
          lines: [0.3, 0.5],
          queries: { '{{project}}': `max by (project) (model_drift_score{${P}})` },
        },
        {
          title: 'Firing alerts',
          kind: 'stat',
          width: 4,
          lines: [1, 3],
          queries: { alerts: 'sum(ALERTS{alertstate="firing"}) or vector(0)' },
        },
      ],
    },
    {
      title: 'Traffic and users',
      panels: [
        {
          title: 'Predictions by variant',
          unit: 'reqps',
          queries: { '{{project}} {{variant}}': `project_variant:prediction_requests:rate5m{${P}}` },
        },
        { title: 'Score of the variants', queries: { '{{variant}}': `experiment_score{${P}}` } },
        {
          title: 'Dependencies',
          description: '1 = answers',
          queries: { '{{dependency}}': 'min by (dependency) (dependency_up)' },
        },
      ],
    },
  ],
};

export const predictionService: DashboardSpec = {
  uid: 'prediction-service',
  title: 'Prediction service',
  variables: ['project', 'variant', 'version'],
  rows: [
    {
      title: 'Requests',
      panels: [
        {
          title: 'Predictions',
          unit: 'reqps',
          queries: { '{{variant}}': `sum by (variant) (rate(prediction_requests_total{${PV}}[5m]))` },
        },
        {
          title: 'By model version',
          unit: 'reqps',
          queries: {
            '{{version}}': `sum by (version) (rate(model_version_requests_total{${P}, version=~"$version"}[5m]))`,
          },
        },
        {
          title: 'Errors by code',
          unit: 'reqps',
          queries: { '{{variant}} {{code}}': `sum by (variant, code) (rate(prediction_errors_total{${PV}}[5m]))` },
        },
        {
          title: 'HTTP answers by status',
          unit: 'reqps',
          queries: { '{{status}}': 'sum by (status) (rate(inference_requests_total{variant=~"$variant"}[5m]))' },
        },
        {
          title: 'HTTP requests by endpoint',
          unit: 'reqps',
          queries: { '{{endpoint}}': 'sum by (endpoint) (rate(inference_requests_total{variant=~"$variant"}[5m]))' },
        },
        {
          title: 'Time of a request by endpoint, p99',
          unit: 's',
          queries: {
            '{{endpoint}}':
              'histogram_quantile(0.99, sum by (endpoint, le) (rate(inference_request_duration_seconds_bucket{variant=~"$variant"}[5m])))',
          },
        },
      ],
    },
    {
      title: 'Latency and recording',
      panels: [
        {
          title: 'Prediction latency',
          unit: 's',
          lines: [0.1, 0.5],
          queries: {
            'p50 {{variant}}': `project_variant:prediction_latency_seconds:p50_5m{${PV}}`,
            'p95 {{variant}}': `project_variant:prediction_latency_seconds:p95_5m{${PV}}`,
            'p99 {{variant}}': `project_variant:prediction_latency_seconds:p99_5m{${PV}}`,
          },
        },
        duration('Time of a commit, p95', 'prediction_log_flush_seconds', 'place'),
        {
          title: 'Predictions a commit',
          queries: {
            rows: 'sum(rate(prediction_log_flush_rows_sum[5m])) / (sum(rate(prediction_log_flush_rows_count[5m])) > 0)',
          },
        },
        {
          title: 'Waiting for their commit',
          lines: [5000, 10000],
          queries: { '{{instance}}': 'prediction_log_pending_rows' },
        },
        { title: 'Spool', unit: 'bytes', queries: { '{{instance}}': 'prediction_spool_bytes' } },
        { title: 'Spooled predictions', queries: { '{{instance}}': 'prediction_spool_rows' } },
      ],
    },
    {
      title: 'Model',
      panels: [
        {
          title: 'Version served',
          kind: 'table',
          width: 12,
          queries: { '{{variant}} {{version}}': `max by (project, variant, version) (inference_model_info{${PV}})` },
        },
        {
          title: 'Model swaps',
          width: 12,
          queries: {
            '{{variant}} {{outcome}}': `sum by (variant, outcome) (increase(inference_model_swaps_total{${PV}}[1h]))`,
          },
        },
      ],
    },
  ],
};

export const routerAndSplit: DashboardSpec = {
  uid: 'router',
  title: 'Router and split',
  rows: [
    {
      title: 'Split',
      panels: [
        {
          title: 'Share of the candidate against its weight',
          unit: 'percentunit',
          queries: {
            'answered by the candidate {{project}}': `project:candidate_share:increase1h{${P}}`,
            'weight {{project}}': `experiment_candidate_weight_ratio{${P}}`,
          },
        },
        { title: 'Users by variant', queries: { '{{variant}}': `experiment_users{${P}}` } },
        {
          title: 'p-value of the split',
          lines: [0.001, 0.01],
          queries: { '{{project}}': `experiment_sample_ratio_p_value{${P}}` },
        },
        {
          title: 'Shadowed requests',
          unit: 'percentunit',
          queries: { '{{project}}': `experiment_shadow_ratio{${P}}` },
        },
      ],
    },
    {
      title: 'Instances',
      panels: [
        { title: 'Reporting', queries: { '{{role}}': `instances_reporting{${P}}` } },
        { title: 'Behind their slot', lines: [1, 2], queries: { '{{role}}': `instances_behind{${P}}` } },
        { title: 'Refusing their model', lines: [1, 2], queries: { '{{role}}': `instances_refusing{${P}}` } },
        { title: 'Routed to', queries: { '{{variant}}': `router_upstream_instances{${P}}` } },
        { title: 'Routing in force', kind: 'stat', queries: { '{{project}}': `router_routing_generation{${P}}` } },
      ],
    },
    {
      title: 'Traffic',
      panels: [
        {
          title: 'Requests',
          unit: 'reqps',
          queries: { 'answered by {{served}}': `sum by (project, served) (rate(router_requests_total{${P}}[5m]))` },
        },
        {
          title: 'Candidate users that production answered',
          description: 'The candidate did not answer, or the request was not a prediction',
          unit: 'reqps',
          queries: {
            '{{project}}': `sum by (project) (rate(router_requests_total{${P}, assigned="candidate", served="production"}[5m]))`,
          },
        },
        {
          title: 'Answers',
          unit: 'reqps',
          queries: { '{{status}}': `sum by (status) (rate(router_responses_total{${P}}[5m]))` },
        },
        {
          title: 'Time to the last byte, p99',
          unit: 's',
          queries: {
            '{{served}}': quantile(0.99, 'router_request_duration_seconds', 'served', P),
          },
        },
        {
          title: 'Connections of clients',
          queries: { open: `router_connections_active{${P}}`, idle: `router_connections_waiting{${P}}` },
        },
      ],
    },
  ],
};

export const batch: DashboardSpec = {
  uid: 'batch',
  title: 'Batch predictions',
  rows: [
    {
      title: 'Batches',
      panels: [
        { title: 'Going on', queries: { '{{project}}': `batch_predictions_in_progress{${P}}` } },
        {
          title: 'Ended in an hour',
          queries: { '{{state}}': `sum by (state) (increase(batch_predictions_total{${P}}[1h]))` },
        },
        {
          title: 'Rows a second',
          unit: 'reqps',
          queries: { '{{outcome}}': `sum by (outcome) (rate(prediction_batch_rows_total{${P}}[5m]))` },
        },
        { title: 'Rows so far', queries: { '{{outcome}}': `sum by (outcome) (batch_prediction_rows_total{${P}})` } },
      ],
    },
    {
      title: 'Jobs',
      panels: [
        { title: 'Jobs by state', queries: { '{{state}}': `sum by (state) (batch_jobs{${P}})` } },
        { title: 'Rows of jobs', queries: { '{{outcome}}': `sum by (outcome) (batch_job_rows{${P}})` } },
      ],
    },
  ],
};
