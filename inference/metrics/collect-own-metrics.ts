import type { Registry } from 'prom-client';
import type { InferenceService } from '../service.js';
import type { CollectedMetric, CollectedMetrics } from './collected-metrics.js';

/** Sets the gauges that are read from state rather than counted. */
export function refreshGauges({ metrics, log, spool }: Omit<InferenceService, 'collectMetrics'>): void {
  metrics.logPending.set(log.pending);
  metrics.spoolRows.set(spool.rows);
  metrics.spoolBytes.set(spool.bytes);
  metrics.databaseUp.set(log.away ? 0 : 1);
}

/** What a registry holds. */
export async function collect(
  registry: Pick<Registry, 'metrics' | 'contentType' | 'getMetricsAsJSON'>,
): Promise<CollectedMetrics> {
  return {
    text: await registry.metrics(),
    contentType: registry.contentType,
    metrics: (await registry.getMetricsAsJSON()) as unknown as CollectedMetric[],
  };
}
