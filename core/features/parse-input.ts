import type { z } from 'zod';
import type { Row } from '../dataset/row.js';
import { type FieldProblem, InvalidInputError } from '../errors.js';

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/**
 * One prediction request → a row, by the project's input schema.
 *
 * @param body parsed JSON or form fields
 * @throws {InvalidInputError} with one problem per field: its name, the value given and what is allowed
 */
export function parseInput<R extends Row>(schema: z.ZodType<R>, body: unknown): R {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = new Map<string, FieldProblem>();
  for (const { path, message } of result.error.issues) {
    const field = path.join('.') || 'body';
    const value = path.length === 0 ? undefined : valueAt(body, path);
    if (!problems.has(field)) problems.set(field, { field, ...(value === undefined ? {} : { value }), message });
  }
  const all = [...problems.values()];
  throw new InvalidInputError(all.map((problem) => problem.message).join('; '), all);
}
