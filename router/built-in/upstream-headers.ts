import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Variant } from './live-routing.js';

/** Belong to one connection (RFC 9110, 7.6.1), not to the message. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
];

export function withoutHopByHop(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept: OutgoingHttpHeaders = { ...headers };
  for (const name of HOP_BY_HOP) delete kept[name];
  for (const name of headers.connection?.split(',') ?? []) delete kept[name.trim().toLowerCase()];
  return kept;
}

/** What the router tells the services about a request; whatever the client sent under these names is replaced. */
export interface RequestFacts {
  readonly client: string;
  readonly protocol: 'http' | 'https';
  readonly requestId: string;
  readonly userKey: string;
  readonly experimentId: number | null;
  readonly variant: Variant;
  readonly bodyBytes: number;
  /** Of a traced router; otherwise the client's own header passes as it is. */
  readonly traceparent?: string;
}

export function upstreamHeaders(headers: IncomingHttpHeaders, facts: RequestFacts): OutgoingHttpHeaders {
  const passed = withoutHopByHop(headers);
  delete passed['x-shadow'];
  delete passed['x-experiment-id'];
  const hasBody = facts.bodyBytes > 0 || headers['content-length'] !== undefined;
  return {
    ...passed,
    host: headers.host ?? 'localhost',
    'x-real-ip': facts.client,
    'x-forwarded-for': facts.client,
    'x-forwarded-proto': facts.protocol,
    'x-request-id': facts.requestId,
    'x-user-id': facts.userKey,
    'x-assigned-variant': facts.variant,
    ...(facts.traceparent === undefined ? {} : { traceparent: facts.traceparent }),
    ...(facts.experimentId === null ? {} : { 'x-experiment-id': String(facts.experimentId) }),
    ...(hasBody ? { 'content-length': String(facts.bodyBytes) } : {}),
  };
}
