import {
  type Agent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { sendProblem } from './send-problem.js';

/** Headers of one connection, not of the message (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name)));
}

export interface ProxyTarget {
  /** What the user is told is away. */
  readonly name: string;
  /** For example `http://127.0.0.1:7000`. */
  readonly origin: string;
  readonly agent: Agent;
  /** How long the first byte of an answer may take. */
  readonly timeoutMs: number;
  /** Speaks for callers who send no key of their own. */
  readonly apiKey?: string | undefined;
}

/** What pages ask for. What others have asked (`/api/logs`) is not for every visitor, so dots and escapes are no part of it. */
const askedByPages = /^\/(api\/)?(predict|feedback|similar)[\w/-]*(\?|$)/;

/** The key of this server, for who has none. */
function serviceKey({ apiKey }: ProxyTarget, { headers }: IncomingMessage, path: string): IncomingHttpHeaders {
  const own = headers.authorization !== undefined || headers['x-api-key'] !== undefined;
  return apiKey === undefined || own || !askedByPages.test(path) ? {} : { 'x-api-key': apiKey };
}

/** Passes a request on as it is (cookies and user headers too) and streams the answer back. */
export function proxyRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  path: string,
  target: ProxyTarget,
  onFailure: (error: Error) => void,
): void {
  const { protocol, hostname, port } = new URL(target.origin);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  const forwardedFor = [incoming.headers['x-forwarded-for'], incoming.socket.remoteAddress].filter(Boolean).join(', ');
  // the header passes through although it is hop-by-hop by name: it says how the body is framed, which stays as it came
  const framing = incoming.headers['transfer-encoding'];
  const upstream = send({
    hostname,
    port,
    path,
    method: incoming.method,
    agent: target.agent,
    headers: {
      ...endToEnd(incoming.headers),
      ...serviceKey(target, incoming, path),
      ...(framing === undefined ? {} : { 'transfer-encoding': framing }),
      'x-forwarded-for': forwardedFor,
      'x-forwarded-host': incoming.headers.host ?? '',
      'x-forwarded-proto': 'http',
    },
  });
  const giveUp = setTimeout(() => {
    upstream.destroy(new Error(`no answer within ${target.timeoutMs} ms`));
  }, target.timeoutMs);

  upstream.on('response', (answer) => {
    clearTimeout(giveUp);
    outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    outgoing.flushHeaders();
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  upstream.on('error', (error) => {
    clearTimeout(giveUp);
    if (outgoing.destroyed) return;
    onFailure(error);
    if (outgoing.headersSent) outgoing.destroy();
    else sendProblem(outgoing, 502, 'UNAVAILABLE', `${target.name} did not answer. Please try again in a moment.`);
  });
  outgoing.on('close', () => {
    clearTimeout(giveUp);
    if (!outgoing.writableFinished) upstream.destroy();
  });
  incoming.pipe(upstream);
}
