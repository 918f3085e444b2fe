import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type ProxyTarget, proxyRequest } from './proxy.js';
import { sendProblem } from './send-problem.js';
import { serveApp } from './serve-app.js';
import { readStaticFiles } from './static-files.js';

export interface WebServerOptions {
  /** The built app. */
  readonly directory: string;
  /** Origin of the prediction router, for example `http://127.0.0.1:7000`. */
  readonly router: string;
  /** Origin of the control API. */
  readonly control: string;
  readonly log: Logger;
  /** How long the first byte of a proxied answer may take. */
  readonly timeoutMs?: number;
}

/**
 * The web app with its two APIs under one origin: `/api/*` goes to the prediction router as it is, `/control/*` to the
 * control API's `/api/*`. Not listening yet.
 */
export function createWebServer({ directory, router, control, log, timeoutMs = 30_000 }: WebServerOptions): Server {
  const files = readStaticFiles(directory);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const predictions: ProxyTarget = { name: 'The prediction service', origin: router, agent, timeoutMs };
  const operations: ProxyTarget = { name: 'The control service', origin: control, agent, timeoutMs };

  function handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const url = incoming.url ?? '/';
    const [path = '/'] = url.split('?');
    if (path === '/healthz') {
      outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      outgoing.end('{"status":"ok"}');
      return;
    }
    const proxied = (target: ProxyTarget, targetPath: string) => {
      // another site's page must not act with this user's cookies, or on a stack that listens on this machine only
      if (incoming.headers['sec-fetch-site'] === 'cross-site') {
        sendProblem(outgoing, 403, 'FORBIDDEN', 'This address answers the pages it serves, not those of other sites.');
        return;
      }
      proxyRequest(incoming, outgoing, targetPath, target, (error) =>
        log.warn({ target: target.name, method: incoming.method, path, error: error.message }, 'upstream failed'),
      );
    };
    if (path.startsWith('/api/')) proxied(predictions, url);
    else if (path.startsWith('/control/')) proxied(operations, `/api/${url.slice('/control/'.length)}`);
    else if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
      sendProblem(outgoing, 405, 'METHOD_NOT_ALLOWED', `${path} answers GET and HEAD, got ${incoming.method}.`);
    } else serveApp(files, incoming, outgoing, path);
  }

  const server = createServer(handle);
  server.on('close', () => agent.destroy());
  return server;
}
