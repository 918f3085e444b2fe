import { expect } from 'vitest';
import type { Route } from '../../control/http/route.js';
import { createRoutes } from '../../control/routes.js';

const none = {} as never;

/** Every route, for tests that read the table; their handlers are not to be called. */
export const routeTable: readonly Route[] = createRoutes({
  projects: [],
  accounts: none,
  sessions: none,
  keys: none,
} as never);

/** The answer is what the API's description says, with no field besides. */
export function expectContract(method: string, path: string, body: unknown): void {
  const route = routeTable.find((one) => one.method === method && one.path === path);
  if (!route?.answer) throw new Error(`there is no route ${method} ${path} with an answer`);
  expect(route.answer.parse(body)).toEqual(body);
}
