import { expect } from 'vitest';
import { routeTable } from './route-table.js';

/** The answer is what the API's description says, with no field besides. */
export function expectContract(method: string, path: string, body: unknown): void {
  const route = routeTable.find((one) => one.method === method && one.path === path);
  if (!route?.answer) throw new Error(`there is no route ${method} ${path} with an answer`);
  expect(route.answer.parse(body)).toEqual(body);
}
