import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createLogger } from '../adapters/logging/create-logger.js';
import { loadConfig } from '../config.js';
import { ensureBuilt } from './server/build-app.js';
import { createWebServer } from './server/web-server.js';

const config = loadConfig();
const log = createLogger({ level: config.LOG_LEVEL, part: 'web' });
const directory = await ensureBuilt(fileURLToPath(new URL('.', import.meta.url)), log);
const server = createWebServer({
  directory,
  router: config.ROUTER_URL ?? `http://127.0.0.1:${config.ROUTER_PORT}`,
  control: config.CONTROL_URL ?? `http://127.0.0.1:${config.CONTROL_PORT}`,
  projectRouters: config.PROJECT_ROUTERS ?? {},
  settings: {
    projects: config.PROJECTS,
    routed: Object.keys(config.PROJECT_ROUTERS ?? {}),
    temporal:
      config.TEMPORAL_UI_URL === undefined
        ? null
        : { url: config.TEMPORAL_UI_URL, namespace: config.TEMPORAL_NAMESPACE },
  },
  predictionApiKey: config.PREDICTION_API_KEY,
  log,
});

server.listen(config.WEB_PORT, config.HOST);
await once(server, 'listening');
log.info({ host: config.HOST, port: config.WEB_PORT }, 'web app listening');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
    // a page that keeps its connection busy does not hold the stop up for long
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
}
