import type { InferenceService } from '../service.js';
import type { CollectedMetric, CollectedMetrics } from './collected-metrics.js';

/** Brings the metrics that are read from state in line with it. */
export function refreshMetrics(service: Omit<InferenceService, 'collectMetrics'>): void {
  const { metrics, log, spool, lookups, model, project, slot } = service;
  const labels = { project: project.name, variant: slot };
  metrics.logPending.set(log.pending);
  metrics.spoolRows.set(spool.rows);
  metrics.spoolBytes.set(spool.bytes);
  metrics.databaseUp.set(log.away ? 0 : 1);
  lookups.tell(metrics.featureLookups, project.name);
  if (model.current) {
    const { trainedAt } = model.current.document.lineage;
    metrics.featureTablesMade.set(labels, Date.parse(trainedAt) / 1000);
  }
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
