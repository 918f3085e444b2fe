import { SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { Pool } from 'pg';

/** The first words of a statement; its values are never told. */
function summaryOf(statement: unknown): string {
  const text = typeof statement === 'string' ? statement : ((statement as { text?: string } | null)?.text ?? '');
  return text.trim().split(/\s+/, 3).join(' ').slice(0, 80) || 'query';
}

/** One object's `query`, with a span where somebody waits for it. */
function traceQueries(target: Pick<Pool, 'query'>, tracer: Tracer): void {
  const query = target.query.bind(target) as (...input: unknown[]) => unknown;
  const traced = (...input: unknown[]): unknown => {
    if (trace.getActiveSpan() === undefined || typeof input.at(-1) === 'function') return query(...input);
    const name = summaryOf(input[0]);
    const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': name };
    const span = tracer.startSpan(`postgres ${name}`, { kind: SpanKind.CLIENT, attributes });
    const answer = query(...input) as Promise<unknown>;
    return answer
      .catch((error: unknown) => {
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.recordException(error as Error);
        throw error;
      })
      .finally(() => span.end());
  };
  target.query = traced as typeof target.query;
}

/**
 * Spans for the statements of a pool that a request or an activity waits for, alone or in a transaction; chores in the
 * background have none.
 */
export function tracePool(pool: Pool, tracer: Tracer): void {
  traceQueries(pool, tracer);
  // what the pool itself asks of its clients comes with a callback, and is not counted twice
  pool.on('connect', (client) => traceQueries(client, tracer));
}
