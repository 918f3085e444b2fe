import type { PrometheusMetricsExporter } from '@temporalio/worker';

/**
 * How the SDK tells its metrics: seconds, and names that end as Prometheus wants them.
 * @param bindAddress host:port; `/metrics` is served there for as long as the process lives
 */
export function sdkMetricsExporter(bindAddress: string): PrometheusMetricsExporter {
  return { prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } };
}
