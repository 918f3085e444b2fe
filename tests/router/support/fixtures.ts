import { test as base } from 'vitest';
import type { RoutingState } from '../../../router/routing-state.js';
import { type Kind, type RunningRouter, startRouter, stateWith } from './routers.js';
import { type Service, startService } from './service.js';

type Options = Parameters<typeof startRouter>[2];

interface Pair extends RunningRouter {
  readonly production: Service;
  readonly candidate: Service;
  /** What the router was started with. */
  readonly state: RoutingState;
}

interface Fixtures {
  /** Starts a service that ends with the test. */
  service: (name: string, port?: number) => Promise<Service>;
  /** Starts a router that ends with the test. */
  route: (kind: Kind, state: RoutingState, options?: Options) => Promise<RunningRouter>;
  /** Starts a production service, a candidate and a router before the two. */
  pair: (kind: Kind, changes?: Partial<RoutingState>, options?: Options) => Promise<Pair>;
}

/** A test whose services and routers are ended with it, whatever happens. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from this pattern
  service: async ({}, use) => {
    const started: Service[] = [];
    await use(async (name, port) => {
      const service = await startService(name, port);
      started.push(service);
      return service;
    });
    await Promise.all(started.map((service) => service.stop()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from this pattern
  route: async ({}, use) => {
    const started: RunningRouter[] = [];
    await use(async (kind, state, options) => {
      const router = await startRouter(kind, state, options);
      started.push(router);
      return router;
    });
    await Promise.all(started.map((router) => router.end()));
  },
  pair: async ({ service, route }, use) => {
    await use(async (kind, changes, options) => {
      const production = await service('production');
      const candidate = await service('candidate');
      const state = stateWith({ production: [production.address], candidate: [candidate.address], ...changes });
      return { ...(await route(kind, state, options)), production, candidate, state };
    });
  },
});
