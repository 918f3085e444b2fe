import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { ensureBuilt } from '../../web/server/build-app.js';
import { createWebServer } from '../../web/server/web-server.js';

const log = pino({ level: 'silent' });

export interface WebApp {
  readonly origin: string;
  close(): Promise<void>;
}

/** The real web server with the real build, in front of two given services. */
export async function startWebApp(
  router: string,
  control: string,
  timeoutMs?: number,
  projectRouters: Readonly<Record<string, string>> = {},
  predictionApiKey?: string,
): Promise<WebApp> {
  const directory = await ensureBuilt(fileURLToPath(new URL('../../web/', import.meta.url)), log);
  const server = createWebServer({
    directory,
    router,
    control,
    projectRouters,
    settings: {
      projects: ['home-prices', ...Object.keys(projectRouters)],
      routed: Object.keys(projectRouters),
      temporal: { url: 'http://localhost:8233', namespace: 'incumbent' },
    },
    predictionApiKey,
    log,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
