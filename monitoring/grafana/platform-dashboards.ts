import type { DashboardSpec } from './dashboard.js';
import { duration, frequency, quantile } from './query.js';

export const temporalWorker: DashboardSpec = {
  uid: 'temporal-worker',
  title: 'Temporal worker',
  rows: [
    {
      title: 'Work',
      panels: [
        { title: 'Workers that poll', kind: 'stat', queries: { '{{instance}}': 'temporal_workers_running' } },
        {
          title: 'Workflows completed in an hour',
          queries: { '{{workflow_type}}': 'sum by (workflow_type) (increase(temporal_workflow_completed_total[1h]))' },
        },
        duration('Workflow from start to end, p95', 'temporal_workflow_endtoend_latency_seconds', 'workflow_type'),
        duration('Activity, p95', 'temporal_activity_execution_latency_seconds', 'activity_type'),
        {
          title: 'Wait of activities, p95',
          description: 'Grows when there are too few workers',
          unit: 's',
          queries: {
            '{{task_queue}}': quantile(0.95, 'temporal_activity_schedule_to_start_latency_seconds', 'task_queue'),
          },
        },
        duration(
          'Wait of workflow tasks, p95',
          'temporal_workflow_task_schedule_to_start_latency_seconds',
          'task_queue',
        ),
      ],
    },
    {
      title: 'Worker',
      panels: [
        { title: 'Slots free', queries: { '{{worker_type}} {{task_queue}}': 'temporal_worker_task_slots_available' } },
        { title: 'Slots used', queries: { '{{worker_type}} {{task_queue}}': 'temporal_worker_task_slots_used' } },
        { title: 'Pollers', queries: { '{{poller_type}} {{task_queue}}': 'temporal_num_pollers' } },
        { title: 'Cached workflows', queries: { '{{task_queue}}': 'temporal_sticky_cache_size' } },
        frequency('Requests to the server', 'temporal_request_total', 'operation'),
        duration('Requests to the server, p95', 'temporal_request_latency_seconds', 'operation'),
      ],
    },
  ],
};

export const schedules: DashboardSpec = {
  uid: 'schedules',
  title: 'Temporal schedules',
  rows: [
    {
      title: 'Schedules',
      panels: [
        {
          title: 'Since the last start',
          kind: 'stat',
          unit: 's',
          width: 12,
          queries: { '{{schedule}}': 'time() - schedule_last_action_timestamp_seconds' },
        },
        {
          title: 'Until the next start',
          kind: 'stat',
          unit: 's',
          width: 12,
          queries: { '{{schedule}}': 'schedule_next_action_timestamp_seconds - time()' },
        },
        { title: 'Paused', lines: [1, 2], queries: { '{{schedule}}': 'schedule_paused' } },
        { title: 'Missed in a day', lines: [1, 2], queries: { '{{schedule}}': 'increase(schedule_missed_total[1d])' } },
        {
          title: 'Skipped in a day, the one before still ran',
          queries: { '{{schedule}}': 'increase(schedule_skipped_total[1d])' },
        },
      ],
    },
  ],
};

export const postgres: DashboardSpec = {
  uid: 'postgres',
  title: 'Postgres',
  rows: [
    {
      title: 'Database',
      panels: [
        { title: 'Dependencies', queries: { '{{dependency}}': 'dependency_up' } },
        { title: 'Time of a probe', unit: 's', queries: { '{{dependency}}': 'dependency_probe_seconds' } },
        { title: 'Size', unit: 'bytes', queries: { '{{instance}}': 'postgres_database_bytes' } },
        { title: 'Connections', queries: { open: 'postgres_connections', allowed: 'postgres_connections_max' } },
        {
          title: 'Pool of the worker',
          queries: { '{{state}}': 'postgres_pool_connections', most: 'postgres_pool_max_connections' },
        },
        { title: 'Dead rows', unit: 'percentunit', queries: { '{{instance}}': 'postgres_dead_rows_ratio' } },
        {
          title: 'Predictions recorded in Postgres',
          description: '0 = spooled on disk',
          queries: { '{{instance}}': 'inference_database_up' },
        },
        duration('Time of a commit, p95', 'prediction_log_flush_seconds', 'place'),
        {
          title: 'Reading the figures of the loop',
          unit: 's',
          queries: {
            took: 'loop_metrics_collect_seconds',
            'old by': 'time() - loop_metrics_collected_timestamp_seconds',
          },
        },
      ],
    },
    {
      title: 'Tracking server',
      panels: [
        { title: 'Not heard of yet', queries: { '{{kind}}': 'tracking_outbox_rows' } },
        { title: 'Refused', lines: [1, 10], queries: { refused: 'tracking_outbox_refused_rows' } },
        { title: 'Waiting for', unit: 's', queries: { oldest: 'tracking_outbox_oldest_seconds' } },
      ],
    },
  ],
};

export const nodeProcesses: DashboardSpec = {
  uid: 'node-processes',
  title: 'Node processes',
  rows: [
    {
      title: 'Processes',
      panels: [
        { title: 'Up', kind: 'stat', queries: { '{{job}} {{instance}}': 'up' } },
        {
          title: 'CPU',
          unit: 'percentunit',
          queries: { '{{job}} {{instance}}': 'rate(process_cpu_seconds_total[5m])' },
        },
        { title: 'Memory', unit: 'bytes', queries: { '{{job}} {{instance}}': 'process_resident_memory_bytes' } },
        {
          title: 'Event loop lag, p99',
          unit: 's',
          lines: [0.1, 0.25],
          queries: { '{{job}} {{instance}}': 'nodejs_eventloop_lag_p99_seconds' },
        },
        {
          title: 'Garbage collection',
          unit: 'percentunit',
          queries: { '{{job}} {{instance}}': 'sum by (job, instance) (rate(nodejs_gc_duration_seconds_sum[5m]))' },
        },
        { title: 'Heap used', unit: 'bytes', queries: { '{{job}} {{instance}}': 'nodejs_heap_size_used_bytes' } },
        { title: 'Open files', queries: { '{{job}} {{instance}}': 'process_open_fds' } },
        {
          title: 'Running for',
          kind: 'stat',
          unit: 's',
          queries: { '{{job}} {{instance}}': 'time() - process_start_time_seconds' },
        },
        {
          title: 'Disk of the home folder free',
          unit: 'percentunit',
          queries: { '{{instance}}': 'home_disk_free_bytes / home_disk_size_bytes' },
        },
      ],
    },
  ],
};

export const controlApi: DashboardSpec = {
  uid: 'control-api',
  title: 'Control API',
  rows: [
    {
      title: 'Requests',
      panels: [
        frequency('By status', 'control_requests_total', 'status'),
        {
          title: 'By route',
          unit: 'reqps',
          queries: { '{{method}} {{route}}': 'topk(10, sum by (method, route) (rate(control_requests_total[5m])))' },
        },
        duration('Time by route, p95', 'control_request_duration_seconds', 'route'),
      ],
    },
  ],
};

export const alertsAndSlo: DashboardSpec = {
  uid: 'alerts',
  title: 'Alerts and SLO',
  rows: [
    {
      title: 'Alerts',
      panels: [
        { title: 'Firing', kind: 'table', width: 24, queries: { '{{alertname}}': 'ALERTS{alertstate="firing"}' } },
      ],
    },
    {
      title: 'Messages of the loop',
      panels: [
        {
          title: 'Sent and failed in a day',
          width: 12,
          queries: {
            '{{channel}} {{outcome}}': `sum by (channel, outcome) (increase(notification_deliveries_total{project=~"$project"}[1d]))`,
          },
        },
        {
          title: 'On their way',
          width: 12,
          lines: [1, 10],
          queries: { '{{project}}': `notification_deliveries_pending{project=~"$project"}` },
        },
      ],
    },
    {
      title: 'Objective: 99.9 % of the predictions answered in 30 days',
      panels: [
        {
          title: 'Error budget left',
          kind: 'stat',
          unit: 'none',
          queries: { '{{project}}': 'project:slo_error_budget_remaining:ratio30d' },
        },
        {
          title: 'Burn rate',
          description: '1 = the budget lasts exactly 30 days',
          lines: [1, 6],
          width: 12,
          queries: {
            'hour {{project}}': 'project:prediction_error_ratio:rate1h / 0.001',
            '6 hours {{project}}': 'project:prediction_error_ratio:rate6h / 0.001',
            '3 days {{project}}': 'project:prediction_error_ratio:rate3d / 0.001',
          },
        },
      ],
    },
  ],
};
