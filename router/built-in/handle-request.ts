import { randomBytes } from 'node:crypto';
import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { normalizedPath, type RequestKind, requestKind } from '../prediction-path.js';
import type { Problem } from '../problem.js';
import type { RouterSettings } from '../router-settings.js';
import { type TraceContext, traceContext, traceParent } from '../trace-context.js';
import { resolveUserKey, type UserKey, userCookie } from '../user-key.js';
import type { AccessLog } from './access-log.js';
import { type OwnHeaders, passOn, sendPage, sendProblem } from './answer.js';
import { exchange, type Try } from './exchange.js';
import type { LiveRouting, Variant } from './live-routing.js';
import { type Counters, ownPage } from './own-pages.js';
import { BodyError, readBody } from './repeatable-body.js';
import { sendShadow } from './shadow.js';
import { upstreamHeaders } from './upstream-headers.js';

/** What requests share. */
export interface HandlerContext {
  readonly settings: RouterSettings;
  readonly live: () => LiveRouting;
  readonly counters: Counters;
  readonly accessLog: AccessLog;
  readonly problem: (status: number) => Problem;
  readonly baseHeaders: OwnHeaders;
  readonly clientOf: (request: IncomingMessage) => string;
  readonly maySeeStatus: (client: string) => boolean;
  readonly allowed: (client: string) => boolean;
  /** Connections kept for requests that may be repeated; those that may not take a new one. */
  readonly agents: { readonly kept: Agent; readonly fresh: Agent };
}

/** One request on its way through. */
interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly live: LiveRouting;
  readonly client: string;
  readonly requestId: string;
  /** Random, and no caller's choice: what is dealt by chance is dealt by it. */
  readonly chance: string;
  readonly trace: TraceContext | null;
  readonly user: UserKey;
  readonly variant: Variant;
  readonly kind: RequestKind;
  readonly own: OwnHeaders;
  readonly tries: Try[];
  /** The service's own words about who answered. */
  served: string;
  modelVersion: string;
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

async function route(passage: Passage, context: HandlerContext): Promise<void> {
  const { request, response, live, kind, variant, own, requestId } = passage;
  const { settings, problem, agents } = context;
  const method = request.method!;
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const body = await readBody(request, {
    limitBytes: kind === 'batch' ? settings.batchBodyLimitBytes : settings.bodyLimitBytes,
    idleMs: settings.bodyTimeoutMs,
  });
  const target = request.url!;
  const headers = upstreamHeaders(request.headers, {
    client: passage.client,
    protocol: (request.socket as TLSSocket).encrypted ? 'https' : 'http',
    requestId,
    userKey: passage.user.headerValue,
    experimentId: live.state.experimentId,
    variant,
    bodyBytes: body.bytes,
    ...(passage.trace === null ? {} : { traceparent: traceParent(passage.trace) }),
  });
  const mirrored =
    kind === 'prediction' && variant === 'production' && live.isMirrored(passage.chance)
      ? sendShadow(live.candidate, { method, target, headers, body: body.open() }, agents.kept, settings)
      : Promise.resolve();
  try {
    const result = await exchange(
      {
        kind,
        method,
        target,
        headers,
        body,
        pools: live.route(kind, variant),
        agent: kind !== 'other' || SAFE.has(method) ? agents.kept : agents.fresh,
        signal: gone.signal,
        tries: passage.tries,
      },
      settings,
    );
    passage.served = String(result.response?.headers['x-variant'] ?? '');
    passage.modelVersion = String(result.response?.headers['x-model-version'] ?? '');
    if (result.response) await passOn(request, result.response, response, own);
    else if (!gone.signal.aborted) sendProblem(response, problem(result.status), requestId, own);
  } finally {
    void mirrored.then(() => body.dispose());
  }
}

function refuse(passage: Passage, status: number, context: HandlerContext): void {
  const { request, response, requestId, own } = passage;
  // what is left of the body is read and dropped, so that the client gets to read the answer
  request.resume();
  response.setHeader('connection', 'close');
  sendProblem(response, context.problem(status), requestId, own);
}

function logPassage(passage: Passage, started: number, bytes: number, { accessLog, settings }: HandlerContext): void {
  const { request, response, tries, trace } = passage;
  const list = (show: (one: Try) => string) => tries.map(show).join(', ');
  accessLog.write({
    time: new Date().toISOString(),
    request_id: passage.requestId,
    client: passage.client,
    user: settings.accessLogUsers ? passage.user.text : '',
    method: request.method!,
    uri: request.url!,
    // 499 is nginx's word for a client that went away before its answer
    status: response.headersSent ? response.statusCode : 499,
    bytes,
    duration_s: Math.round(performance.now() - started) / 1_000,
    variant: passage.variant,
    served: passage.served,
    model_version: passage.modelVersion,
    upstream: list((one) => one.address),
    upstream_status: list(({ answered }) => (answered ? String(answered.status) : '-')),
    upstream_s: list(({ answered }) => (answered ? answered.seconds.toFixed(3) : '-')),
    ...(trace === null
      ? {}
      : { span: trace.span, parent: trace.parent, flags: trace.flags, ended_s: Date.now() / 1_000 }),
  });
}

/** Takes one request to the services and its answer back. Never throws. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: HandlerContext,
): Promise<void> {
  const { settings, baseHeaders, counters } = context;
  const live = context.live();
  const client = context.clientOf(request);
  const path = normalizedPath(request.url!);
  counters.requests++;
  if (path?.startsWith('/router/')) {
    const page = ownPage(path, live, counters, () => context.maySeeStatus(client));
    if (page) return sendPage(response, page.status, page.type, page.text);
  }
  counters.inFlight++;
  const started = performance.now();
  // kept aside: the request loses its socket when it is over
  const { socket } = request;
  const sentBefore = socket.bytesWritten;
  const chance = randomBytes(16).toString('hex');
  const { traceRatio } = settings;
  const trace =
    traceRatio === undefined
      ? null
      : traceContext(request.headers.traceparent as string | undefined, chance, Math.random() < traceRatio);
  const requestId = trace?.traceId ?? chance;
  const user = resolveUserKey(request.headers['x-user-id'] as string | undefined, request.headers.cookie, chance);
  const passage: Passage = {
    request,
    response,
    live,
    client,
    requestId,
    chance,
    trace,
    user,
    variant: live.assign(settings.assignment === 'user' ? user.text : chance),
    kind: requestKind(request.method!, path ?? ''),
    own: {
      ...baseHeaders,
      'x-request-id': requestId,
      ...(user.isNew ? { 'set-cookie': userCookie(user.text, settings.tls !== undefined) } : {}),
    },
    tries: [],
    served: '',
    modelVersion: '',
  };
  response.once('close', () => {
    counters.inFlight--;
    logPassage(passage, started, socket.bytesWritten - sentBefore, context);
  });
  try {
    if (path === null) refuse(passage, 400, context);
    else if (!context.allowed(client)) refuse(passage, 429, context);
    else await route(passage, context);
  } catch (error) {
    if (error instanceof BodyError && !response.headersSent && !response.destroyed)
      refuse(passage, error.status, context);
    // the answer has begun and cannot be finished: the client must see that it is cut short
    else response.destroy();
  }
}
