import type { InferenceService } from '../service.js';
import type { CollectedMetric, CollectedMetrics } from './collected-metrics.js';

/** Sets the gauges that are read from state rather than counted. */
export function refreshGauges({ metrics, log, spool }: Omit<InferenceService, 'collectMetrics'>): void {
  metrics.logPending.set(log.pending);
  metrics.spoolRows.set(spool.rows);
  metrics.spoolBytes.set(spool.bytes);
  metrics.databaseUp.set(log.away ? 0 : 1);
}

interface MetricSource {
  readonly contentType: string;
  metrics(): Promise<string>;
  getMetricsAsJSON(): Promise<unknown>;
}

/** What a registry of prom-client holds. */
export async function collect(registry: MetricSource): Promise<CollectedMetrics> {
  return {
    text: await registry.metrics(),
    contentType: registry.contentType,
    metrics: (await registry.getMetricsAsJSON()) as CollectedMetric[],
  };
}
