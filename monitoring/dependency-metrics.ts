import type { MetricDefinition } from './metric-definition.js';

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
