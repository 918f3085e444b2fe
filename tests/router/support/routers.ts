import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createBuiltInRouter } from '../../../router/built-in-router.js';
import { findNginx } from '../../../router/find-nginx.js';
import { createNginxRouter, type NginxRouterOptions } from '../../../router/nginx-router.js';
import type { Router, RouterExit } from '../../../router/router.js';
import type { RouterSettingsInput } from '../../../router/router-settings.js';
import type { RoutingState } from '../../../router/routing-state.js';

export const KINDS = ['nginx', 'built-in'] as const;
export type Kind = (typeof KINDS)[number];

const logger = pino({ level: 'silent' });

/** These tests are about the real nginx: without it they fail. */
export function nginxPath(): string {
  const found = findNginx(process.env.NGINX_PATH);
  if (found === null) throw new Error('nginx is not installed: these tests need it (apt-get install nginx-light)');
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function stateWith(changes: Partial<RoutingState> = {}): RoutingState {
  return {
    project: 'home-prices',
    generation: 1,
    experimentId: 12,
    salt: 'home-prices:12',
    candidateWeightPercent: 20,
    shadowPercent: 0,
    production: [],
    candidate: [],
    ...changes,
  };
}

export interface RunningRouter {
  readonly router: Router;
  readonly port: number;
  readonly directory: string;
  readonly exits: RouterExit[];
  end(): Promise<void>;
}

type Options = Partial<RouterSettingsInput> & Pick<NginxRouterOptions, 'confirmTimeoutMs' | 'drainMs'>;

/** A router of the kind, in a folder of its own, that is not started yet. */
export async function makeRouter(kind: Kind, options: Options = {}): Promise<RunningRouter> {
  const directory = await mkdtemp(join(tmpdir(), 'incumbent-router-'));
  const port = options.port ?? (await freePort());
  const exits: RouterExit[] = [];
  // a short drain: only the tests with clients that keep connections need a real one
  const { drainMs = 50, confirmTimeoutMs = 10_000, ...settings } = options;
  const common = { host: '127.0.0.1', accessLogPath: join(directory, 'access.log'), ...settings, port, logger };
  const router =
    kind === 'nginx'
      ? createNginxRouter({
          ...common,
          drainMs,
          confirmTimeoutMs,
          directory,
          nginxPath: nginxPath(),
          onExit: (exit) => exits.push(exit),
        })
      : createBuiltInRouter(common);
  const end = async () => {
    await router.stop({ graceMs: 1_000 });
    await rm(directory, { recursive: true, force: true });
  };
  return { router, port, directory, exits, end };
}

export async function startRouter(kind: Kind, state: RoutingState, options: Options = {}): Promise<RunningRouter> {
  const made = await makeRouter(kind, options);
  try {
    await made.router.start(state);
  } catch (error) {
    await made.end();
    throw error;
  }
  return made;
}
