import type { Route } from '../../control/http/route.js';
import { createRoutes } from '../../control/routes.js';

const none = {} as never;

/** Every route, for tests that read the table; their handlers are not to be called. */
export const routeTable: readonly Route[] = createRoutes({
  projects: [],
  loop: none,
  accounts: none,
  sessions: none,
  keys: none,
} as never);
