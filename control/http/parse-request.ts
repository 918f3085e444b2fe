import type { Request } from 'express';
import type { z } from 'zod';
import { HttpProblem } from '../../adapters/http/problem.js';
import { type FieldProblem, InvalidInputError } from '../../core/errors.js';
import { checkJson } from './check-json.js';
import type { Route } from './route.js';

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  checkJson(value, where);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems: FieldProblem[] = result.error.issues.map((issue) => ({
    field: issue.path.map(String).join('.') || where,
    message: issue.message,
  }));
  const said = problems.slice(0, 3).map(({ field, message }) => `${field}: ${message}`);
  throw new InvalidInputError(`${where} is not usable: ${said.join('; ')}`, problems);
}

function body(route: Route, request: Request): unknown {
  if (!route.body || Buffer.isBuffer(request.body)) return undefined;
  const empty =
    request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
  if (empty) return parse(route.body, {}, 'the body');
  if (request.body === undefined) {
    const got = request.headers['content-type']?.slice(0, 80) ?? 'none';
    throw new HttpProblem({
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: `Content-Type must be ${['application/json', ...(route.upload?.types ?? [])].join(' or ')}, got ${got}`,
    });
  }
  return parse(route.body, request.body, 'the body');
}

/**
 * Path, query and body as the route's schemas read them.
 *
 * @throws {InvalidInputError} naming each field at fault
 */
export function parseRequest(route: Route, request: Request): { params: unknown; query: unknown; body: unknown } {
  return {
    params: parse(route.params, { ...request.params }, 'the path'),
    query: parse(route.query, { ...request.query }, 'the query'),
    body: body(route, request),
  };
}
