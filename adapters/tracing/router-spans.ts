import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { Tracing } from './tracing.js';

/** What a traced router writes of a request; `ended_s` in Unix seconds. */
export interface LoggedRequest {
  readonly request_id?: unknown;
  readonly span?: unknown;
  readonly parent?: unknown;
  readonly flags?: unknown;
  readonly ended_s?: unknown;
  readonly duration_s?: unknown;
  readonly method?: unknown;
  readonly uri?: unknown;
  readonly status?: unknown;
  readonly variant?: unknown;
  readonly served?: unknown;
}

type Time = [seconds: number, nanoseconds: number];
const timeOf = (seconds: number): Time => {
  const whole = Math.floor(seconds);
  return [whole, Math.round((seconds - whole) * 1e9)];
};

/**
 * The router's own spans, made of its access log: nginx passes the trace on, and what it logs says the rest. A line that is
 * no part of a kept trace makes none.
 */
export function routerSpans({ resource, spanProcessor }: Pick<Tracing, 'resource' | 'spanProcessor'>) {
  return (entry: LoggedRequest): void => {
    const { request_id: traceId, span: spanId, parent } = entry;
    const traceFlags = Number.parseInt(String(entry.flags), 16);
    if (typeof traceId !== 'string' || typeof spanId !== 'string' || !(traceFlags & 1)) return;
    const end = Number(entry.ended_s);
    const duration = Number(entry.duration_s);
    const path = String(entry.uri).split('?', 1)[0]!.slice(0, 200);
    const status = Number(entry.status);
    const span: ReadableSpan = {
      name: `${entry.method} ${path}`,
      kind: SpanKind.SERVER,
      spanContext: () => ({ traceId, spanId, traceFlags }),
      ...(typeof parent === 'string' && parent !== '' ? { parentSpanId: parent } : {}),
      startTime: timeOf(end - duration),
      endTime: timeOf(end),
      duration: timeOf(duration),
      status: { code: status >= 500 ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
      attributes: {
        'http.request.method': String(entry.method),
        'url.path': path,
        'http.response.status_code': status,
        'incumbent.assigned_variant': String(entry.variant),
        'incumbent.variant': String(entry.served),
      },
      links: [],
      events: [],
      ended: true,
      resource,
      instrumentationLibrary: { name: 'incumbent' },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
    spanProcessor.onEnd(span);
  };
}
