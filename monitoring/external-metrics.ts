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

/** Of Prometheus itself, and of the nginx exporter of the containers. */
export const otherSeries: readonly string[] = [
  'up',
  'ALERTS',
  'nginx_connections_active',
  'nginx_connections_waiting',
  'nginx_http_requests_total',
];
