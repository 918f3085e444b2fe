import { context, type Link, type SpanContext, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { PredictionStore } from '../postgres/prediction-log.js';
import type { PredictionRecord } from '../postgres/prediction-record.js';

/** Spans for the commits of predictions, which many requests share. */
export interface TracedCommits {
  /** Notes which request a row comes from. */
  readonly onAppend: (record: PredictionRecord) => void;
  readonly store: PredictionStore;
}

/**
 * One span for each commit: a child of the first request in the group, linked to all the others, so that every trace leads
 * to the commit that its answer waited for.
 */
export function traceCommits(store: PredictionStore, tracer: Tracer): TracedCommits {
  const origins = new WeakMap<PredictionRecord, SpanContext>();

  async function write(rows: readonly PredictionRecord[]): Promise<number> {
    const [first, ...others] = rows.flatMap((row) => origins.get(row) ?? []);
    if (first === undefined) return store.write(rows);
    const links = others.map((origin): Link => ({ context: origin }));
    const parent = trace.setSpanContext(context.active(), first);
    const attributes = { 'db.system.name': 'postgresql', 'db.operation.batch.size': rows.length };
    const span = tracer.startSpan('postgres commit predictions', { kind: SpanKind.CLIENT, attributes, links }, parent);
    try {
      return await store.write(rows);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.recordException(error as Error);
      throw error;
    } finally {
      span.end();
    }
  }

  return {
    onAppend(record) {
      const origin = trace.getActiveSpan()?.spanContext();
      if (origin) origins.set(record, origin);
    },
    store: { ...store, write },
  };
}
