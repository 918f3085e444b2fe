import { test as base } from 'vitest';
import type { RoutingState } from '../../../router/routing-state.js';
import { type Kind, type RunningRouter, startRouter } from './routers.js';
import { type Service, startService } from './service.js';

interface Fixtures {
  /** Starts a service that ends with the test. */
  service: (name: string, port?: number) => Promise<Service>;
  /** Starts a router that ends with the test. */
  route: (kind: Kind, state: RoutingState, options?: Parameters<typeof startRouter>[2]) => Promise<RunningRouter>;
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
});
