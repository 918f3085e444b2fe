import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Logger } from 'pino';
import { type ProxyTarget, proxyRequest } from './proxy.js';
import { type AppSettings, sendAppSettings } from './send-app-settings.js';
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
  /** Origins of the routers of further projects, by project. */
  readonly projectRouters?: Readonly<Record<string, string>>;
  /** Sent with predictions and feedback of the pages, where the prediction services ask for an API key. */
  readonly predictionApiKey?: string | undefined;
  /** What the pages need to know of this installation. */
  readonly settings: AppSettings;
  readonly log: Logger;
  /** How long the first byte of a proxied answer may take. */
  readonly timeoutMs?: number;
}

const pooled = { keepAlive: true, maxSockets: 256 };

/** `/projects/iris/predict` → the router of iris and `/predict`; null where no such project is known. */
function projectTarget(routers: ReadonlyMap<string, ProxyTarget>, url: string): [ProxyTarget, string] | null {
  const [, name = '', path = ''] = /^\/projects\/([^/?]+)(\/.*)$/.exec(url) ?? [];
  const target = routers.get(name);
  return target === undefined ? null : [target, path];
}

/**
 * The web app with its APIs under one origin: `/api/*` goes to the prediction router as it is, `/control/*` to the
 * control API's `/api/*`, `/projects/{name}/*` to the router of another project. Not listening yet.
 */
export function createWebServer(options: WebServerOptions): Server {
  const { directory, router, control, projectRouters = {}, settings, log, timeoutMs = 30_000 } = options;
  const apiKey = options.predictionApiKey;
  const files = readStaticFiles(directory);
  const agents = { http: new Agent(pooled), https: new HttpsAgent(pooled) };
  const target = (name: string, origin: string): ProxyTarget => {
    return { name, origin, agent: origin.startsWith('https:') ? agents.https : agents.http, timeoutMs };
  };
  const predictions = { ...target('The prediction service', router), apiKey };
  const operations = target('The control service', control);
  const routers = new Map(
    Object.entries(projectRouters).map(([name, origin]) => [
      name,
      { ...target(`The prediction service of ${name}`, origin), apiKey },
    ]),
  );

  function handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const url = incoming.url ?? '/';
    const [path = '/'] = url.split('?');
    if (path === '/healthz') {
      outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      outgoing.end('{"status":"ok"}');
      return;
    }
    const proxied = (to: ProxyTarget, targetPath: string) => {
      // another site's page must not act with this user's cookies, or on a stack that listens on this machine only
      if (incoming.headers['sec-fetch-site'] === 'cross-site') {
        sendProblem(outgoing, 403, 'FORBIDDEN', 'This address answers the pages it serves, not those of other sites.');
        return;
      }
      proxyRequest(incoming, outgoing, targetPath, to, (error) =>
        log.warn({ target: to.name, method: incoming.method, path, error: error.message }, 'upstream failed'),
      );
    };
    const ofProject = projectTarget(routers, url);
    if (path.startsWith('/api/')) proxied(predictions, url);
    else if (path.startsWith('/control/')) proxied(operations, `/api/${url.slice('/control/'.length)}`);
    else if (ofProject !== null) proxied(...ofProject);
    else if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
      sendProblem(outgoing, 405, 'METHOD_NOT_ALLOWED', `${path} answers GET and HEAD, got ${incoming.method}.`);
    } else if (path === '/app-settings.json') sendAppSettings(outgoing, settings);
    else serveApp(files, incoming, outgoing, path);
  }

  const server = createServer(handle);
  server.on('close', () => {
    agents.http.destroy();
    agents.https.destroy();
  });
  return server;
}
