import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { PROBLEM_TYPE, type Problem, problemBody } from '../problem.js';
import { COMPRESSED_FROM_BYTES, COMPRESSED_TYPES } from '../response-headers.js';
import { withoutHopByHop } from './upstream-headers.js';

/** Headers of every answer of this router: request id, cookie of a new user, security. */
export type OwnHeaders = Readonly<Record<string, string>>;

const COMPRESSED: ReadonlySet<string> = new Set(COMPRESSED_TYPES);
const COMPRESSED_STATUSES: ReadonlySet<number> = new Set([200, 403, 404]);

/** The answers that nginx's gzip directives compress too. */
function isCompressed(
  { method, headers }: IncomingMessage,
  { statusCode, headers: answered }: IncomingMessage,
): boolean {
  const accepted = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers['accept-encoding']));
  if (!accepted || method === 'HEAD' || !COMPRESSED_STATUSES.has(statusCode!)) return false;
  if (answered['content-encoding'] !== undefined || Number(answered['content-length']) < COMPRESSED_FROM_BYTES)
    return false;
  return COMPRESSED.has(String(answered['content-type']).split(';')[0]!.trim().toLowerCase());
}

/** Passes a service's answer on as it comes. @throws when either side breaks off in the middle */
export async function passOn(
  request: IncomingMessage,
  answer: IncomingMessage,
  response: ServerResponse,
  own: OwnHeaders,
): Promise<void> {
  const headers: OutgoingHttpHeaders = withoutHopByHop(answer.headers);
  const { 'set-cookie': ownCookie, ...ownRest } = own;
  for (const [name, value] of Object.entries(ownRest)) headers[name] = value;
  if (ownCookie !== undefined) headers['set-cookie'] = [...(answer.headers['set-cookie'] ?? []), ownCookie];
  const status = answer.statusCode!;
  if (isCompressed(request, answer)) {
    delete headers['content-length'];
    headers['content-encoding'] = 'gzip';
    response.writeHead(status, headers);
    // flushed chunk by chunk, so that a streamed answer stays one
    await pipeline(answer, createGzip({ level: 1, flush: constants.Z_SYNC_FLUSH }), response);
    return;
  }
  response.writeHead(status, headers);
  await pipeline(answer, response);
}

/** The router's own answer for what it could not pass on. */
export function sendProblem(response: ServerResponse, problem: Problem, requestId: string, own: OwnHeaders): void {
  const text = problemBody(problem, requestId);
  response.writeHead(problem.status, {
    ...own,
    'content-type': PROBLEM_TYPE,
    'content-length': Buffer.byteLength(text),
    ...(problem.retryAfterSeconds === undefined ? {} : { 'retry-after': String(problem.retryAfterSeconds) }),
  });
  response.end(text);
}

/** One of the router's own pages. */
export function sendPage(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
