import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { HttpProblem } from '../../adapters/http/problem.js';
import type { Caller } from '../access/caller.js';
import { checkIfMatch } from './etag.js';
import { parseRequest } from './parse-request.js';
import type { Route, RouteContext } from './route.js';
import { type Sent, sendAnswer, toSent } from './send-answer.js';

const BODY_LIMIT = '1mb';

export interface RouteGuards {
  /**
   * Who asks; throws where the route needs more than the caller has.
   * @throws {HttpProblem} 401, 403 or 429
   */
  admit(request: Request, route: Route): Promise<Caller>;
  /** Runs the work once per Idempotency-Key and repeats its answer. */
  once(
    route: Route,
    context: RouteContext<unknown, unknown, unknown>,
    work: () => Promise<Sent | null>,
  ): Promise<Sent | null>;
}

function readers({ upload, body }: Route) {
  const json = express.json({ limit: BODY_LIMIT, strict: false, type: ['application/json', 'application/*+json'] });
  if (!upload) return [json];
  const bytes = express.raw({ type: [...upload.types], limit: upload.limitBytes, inflate: true });
  return body ? [bytes, json] : [bytes];
}

/** Serves the routes: admit → parse → precondition → handle once → answer. */
export function mountRoutes(app: Express, routes: readonly Route[], { admit, once }: RouteGuards): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    methods.set(route.path, [...(methods.get(route.path) ?? []), route.method.toUpperCase()]);
    const serve = async (request: Request, response: Response): Promise<void> => {
      const caller = response.locals.caller as Caller;
      const context: RouteContext<unknown, unknown, unknown> = {
        ...parseRequest(route, request),
        caller,
        address: request.ip ?? 'unknown',
        requestId: String(request.id),
        request,
        response,
      };
      const sent = await once(route, context, async () => {
        const header = request.headers['if-match'];
        if (route.current && header !== undefined) checkIfMatch(header, await route.current(context), route.settings);
        return toSent(route, await route.handle(context), response);
      });
      if (sent) sendAnswer(request, response, sent);
    };
    // admitted before a byte of the body is read
    const gate = async (request: Request, response: Response, next: NextFunction) => {
      response.locals.caller = await admit(request, route);
      next();
    };
    app[route.method](route.path, gate, ...readers(route), serve);
  }
  for (const [path, allowed] of methods) {
    app.all(path, () => {
      const headers = { Allow: allowed.join(', ') };
      throw new HttpProblem({ status: 405, code: 'METHOD_NOT_ALLOWED', message: `use ${headers.Allow}`, headers });
    });
  }
}
