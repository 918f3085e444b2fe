import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { context, propagation, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';

/** The path without its query, which may hold what users typed. */
const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0]!.slice(0, 200);

/** Probes and scrapes would drown everything else. */
const QUIET = /^\/(metrics|health|api\/(health|metrics)|v2\/health\/.*)$/;

/** What the service says of its answer. */
const ANSWER_HEADERS = ['x-variant', 'x-model-version'];

function record(tracer: Tracer, request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const parent = propagation.extract(context.active(), request.headers);
  const path = pathOf(request);
  const attributes = { 'http.request.method': request.method ?? 'GET', 'url.path': path };
  const span = tracer.startSpan(`${request.method} ${path}`, { kind: SpanKind.SERVER, attributes }, parent);
  const { traceId } = span.spanContext();
  // rows and log lines carry the request id: a trace is found from them, and they from it
  request.headers['x-request-id'] = traceId;
  response.setHeader('X-Request-Id', traceId);
  response.once('close', () => {
    span.setAttribute('http.response.status_code', response.statusCode);
    for (const name of ANSWER_HEADERS) {
      const value = response.getHeader(name);
      if (value !== undefined) span.setAttribute(`incumbent.${name.slice(2).replace('-', '_')}`, String(value));
    }
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(parent, span), next);
}

/** Wraps what answers requests: one span for each, a child of the caller's, whose trace id becomes the request id. */
export function traceListener(listener: RequestListener, tracer: Tracer): RequestListener {
  return (request, response) => {
    if (QUIET.test(pathOf(request))) return listener(request, response);
    record(tracer, request, response, () => listener(request, response));
  };
}
