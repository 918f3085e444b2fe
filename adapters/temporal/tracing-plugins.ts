import type { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry';
import type { Tracing } from '../tracing/tracing.js';

/**
 * What makes a client or a worker of Temporal trace: from whoever starts a workflow to the workflow and its activities. Loaded
 * only where there is tracing.
 */
export async function tracingPlugins(tracing: Tracing | null): Promise<OpenTelemetryPlugin[]> {
  if (tracing === null) return [];
  const { OpenTelemetryPlugin } = await import('@temporalio/interceptors-opentelemetry');
  return [new OpenTelemetryPlugin({ resource: tracing.resource, spanProcessor: tracing.spanProcessor })];
}
