import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { InvalidInputError, UnavailableError } from '../core/errors.js';
import { openAccessLog } from './built-in/access-log.js';
import { clientAddress, createNetworks } from './built-in/client-address.js';
import { type HandlerContext, handleRequest } from './built-in/handle-request.js';
import { createLiveRouting, type LiveRouting } from './built-in/live-routing.js';
import { createRateLimiter } from './built-in/rate-limiter.js';
import { keepRotated } from './log-rotation.js';
import { PROBLEM_TYPE, problemBody, problems } from './problem.js';
import { securityHeaders } from './response-headers.js';
import type { Router } from './router.js';
import { parseRouterSettings, type RouterSettings, type RouterSettingsInput } from './router-settings.js';
import { parseRoutingState, type RoutingState } from './routing-state.js';
import { createQueue, isNews } from './state-guard.js';

export interface BuiltInRouterOptions extends RouterSettingsInput {
  readonly logger: Logger;
}

async function certificate({ tls }: RouterSettings): Promise<{ cert: Buffer; key: Buffer } | null> {
  if (!tls) return null;
  try {
    const [cert, key] = await Promise.all([readFile(tls.certificatePath), readFile(tls.keyPath)]);
    return { cert, key };
  } catch (cause) {
    throw new InvalidInputError(`the TLS certificate cannot be read: ${(cause as Error).message}`, [], { cause });
  }
}

/** Lets the requests in flight finish, then cuts what is left. */
function closeWithin(server: http.Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * The router where nginx is not installed: same split, same headers, same failover, in this process.
 *
 * @throws {InvalidInputError} on settings that cannot be used
 */
export function createBuiltInRouter(options: BuiltInRouterOptions): Router {
  const { logger, ...rest } = options;
  const settings = parseRouterSettings(rest);
  const answers = new Map(problems(settings).map((problem) => [problem.status, problem]));
  const problem = (status: number) => answers.get(status)!;
  const isTrusted = createNetworks(settings.trustedProxies);
  const maySeeStatus = createNetworks(['127.0.0.0/8', '::1', ...settings.statusAllow]);
  const inQueue = createQueue();
  let live: LiveRouting | null = null;
  let running: { server: http.Server | https.Server; stop: (graceMs: number) => Promise<void> } | null = null;

  function listen(server: http.Server): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', (cause: NodeJS.ErrnoException) => {
        const why = cause.code === 'EADDRINUSE' ? `port ${settings.port} is in use by another program` : cause.message;
        reject(new UnavailableError(`the router does not start: ${why}`, { cause }));
      });
      server.listen(settings.port, settings.host, 4096, resolve);
    });
  }

  async function start(state: RoutingState): Promise<void> {
    if (running) throw new InvalidInputError('the router is running already');
    const tls = await certificate(settings);
    live = createLiveRouting(state, settings);
    const accessLog = openAccessLog(settings.accessLogPath, (error) => logger.warn({ error }, 'no access log'));
    const agents = {
      kept: new http.Agent({ keepAlive: true, maxFreeSockets: 64, timeout: settings.upstreamKeepAliveMs }),
      fresh: new http.Agent({ keepAlive: false }),
    };
    const context: HandlerContext = {
      settings,
      live: () => live!,
      counters: { accepted: 0, open: 0, requests: 0, inFlight: 0 },
      accessLog,
      problem,
      baseHeaders: Object.fromEntries(
        securityHeaders(tls !== null).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      clientOf: (request) =>
        clientAddress(
          request.socket.remoteAddress,
          request.headers['x-forwarded-for'] as string | undefined,
          isTrusted,
        ),
      maySeeStatus,
      allowed: settings.rateLimit ? createRateLimiter(settings.rateLimit) : () => true,
      agents,
    };
    const timeouts = { keepAliveTimeout: 75_000, headersTimeout: 15_000, requestTimeout: 0 };
    const server = tls
      ? https.createServer({ ...timeouts, ...tls, minVersion: 'TLSv1.2' })
      : http.createServer(timeouts);
    server.on('request', (request, response) => void handleRequest(request, response, context));
    server.on('connection', (socket) => {
      context.counters.accepted++;
      context.counters.open++;
      socket.once('close', () => context.counters.open--);
    });
    server.on('clientError', (_error, socket) => {
      if (!socket.writable) return void socket.destroy();
      const text = problemBody(problem(400), '');
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` +
          `Connection: close\r\n\r\n${text}`,
      );
    });
    await listen(server);
    const stopRotation = keepRotated(settings, accessLog.reopen);
    running = {
      server,
      async stop(graceMs) {
        stopRotation();
        server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
        await closeWithin(server, graceMs);
        agents.kept.destroy();
        await accessLog.close();
      },
    };
    logger.info({ port: (server.address() as AddressInfo).port, generation: state.generation }, 'router started');
  }

  async function apply(state: RoutingState): Promise<void> {
    if (!running || !live) throw new UnavailableError('the router is not running');
    if (!isNews(live.state, state)) return;
    const tls = await certificate(settings);
    if (tls) (running.server as https.Server).setSecureContext(tls);
    live = createLiveRouting(state, settings);
    logger.info({ generation: state.generation, weightPercent: state.candidateWeightPercent }, 'routing changed');
  }

  return {
    kind: 'built-in',
    start: (state) => inQueue(async () => start(parseRoutingState(state))),
    apply: (state) => inQueue(async () => apply(parseRoutingState(state))),
    stop: ({ graceMs = settings.graceMs } = {}) =>
      inQueue(async () => {
        await running?.stop(graceMs);
        running = null;
      }),
    version: () => `built-in (node ${process.versions.node})`,
    generation: () => live?.state.generation ?? -1,
    port: () => (running ? (running.server.address() as AddressInfo).port : settings.port),
  };
}
