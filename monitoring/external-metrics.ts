/** Series of the Temporal SDK in the worker that dashboards use. */
export const temporalSdkSeries: readonly string[] = [
  'temporal_activity_execution_latency_seconds_bucket',
  'temporal_activity_schedule_to_start_latency_seconds_bucket',
  'temporal_workflow_task_schedule_to_start_latency_seconds_bucket',
  'temporal_workflow_endtoend_latency_seconds_bucket',
  'temporal_workflow_completed_total',
  'temporal_request_total',
  'temporal_request_latency_seconds_bucket',
  'temporal_num_pollers',
  'temporal_worker_task_slots_available',
  'temporal_worker_task_slots_used',
  'temporal_sticky_cache_size',
];

/** Of prom-client, in every process of ours. */
export const nodeProcessSeries: readonly string[] = [
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'process_open_fds',
  'process_start_time_seconds',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_eventloop_lag_mean_seconds',
  'nodejs_heap_size_used_bytes',
  'nodejs_gc_duration_seconds_sum',
  'nodejs_active_handles_total',
];

/** Of Prometheus itself. */
export const otherSeries: readonly string[] = ['up', 'ALERTS'];

/** Of the exporters that run beside the containers and nowhere else: host, containers, Postgres, nginx. */
export const exporterSeries: readonly string[] = [
  'node_cpu_seconds_total',
  'node_memory_MemAvailable_bytes',
  'node_memory_MemTotal_bytes',
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
  'node_load1',
  'container_cpu_usage_seconds_total',
  'container_memory_working_set_bytes',
  'container_network_transmit_bytes_total',
  'pg_up',
  'pg_stat_database_numbackends',
  'pg_stat_database_xact_commit',
  'pg_database_size_bytes',
  'nginx_up',
  'nginx_connections_active',
  'nginx_http_requests_total',
];
