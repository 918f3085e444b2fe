import { setTimeout as sleep } from 'node:timers/promises';
import type { Tracer } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** Spans of this process on their way to a collector. */
export interface Tracing {
  readonly tracer: Tracer;
  /** What all spans of this process say of it. */
  readonly resource: Resource;
  readonly spanProcessor: SpanProcessor;
  /** Sends what is left, within a few seconds. */
  stop(): Promise<void>;
}

/** The variables of the environment that say where spans go. */
export interface TracingVariables {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}

export interface TracingOptions {
  readonly variables: TracingVariables;
  /** Such as `inference-production`. */
  readonly service: string;
}

/** A stop waits this long for the collector. */
const STOP_MS = 3_000;

/**
 * Starts tracing where an endpoint is set. Without one nothing is loaded, and null tells the callers to leave everything as
 * it is: what is off costs nothing. Headers and timeouts of the exporter come from OpenTelemetry's own variables.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function startTracing({ variables, service }: TracingOptions): Promise<Tracing | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: sampleRatio } = variables;
  if (!endpoint) return null;
  const [api, core, sdk, { Resource }, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/context-async-hooks'),
  ]);
  const resource = new Resource({ 'service.name': service, 'service.namespace': 'incumbent' });
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const spanProcessor = new sdk.BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000, maxQueueSize: 8_192 });
  const provider = new sdk.BasicTracerProvider({
    resource,
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [spanProcessor],
  });
  provider.register({
    contextManager: new AsyncLocalStorageContextManager(),
    propagator: new core.W3CTraceContextPropagator(),
  });
  return {
    tracer: api.trace.getTracer('incumbent'),
    resource,
    spanProcessor,
    // what a collector that is away does not take is lost: nobody waits for it
    stop: () => Promise.race([provider.shutdown().catch(() => undefined), sleep(STOP_MS, undefined, { ref: false })]),
  };
}
