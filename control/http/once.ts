import { createHash } from 'node:crypto';
import { HttpProblem, problemBody, toProblem } from '../../adapters/http/problem.js';
import type { IdempotencyStore } from '../../adapters/postgres/idempotency-store.js';
import type { Route, RouteContext } from './route.js';
import type { Sent } from './send-answer.js';

function digest({ method, path }: Route, context: RouteContext<unknown, unknown, unknown>): string {
  const { params, query, body, request } = context;
  const hash = createHash('sha256').update(JSON.stringify([method, path, params, query, body]));
  const bytes: unknown = request.body;
  return (Buffer.isBuffer(bytes) ? hash.update(bytes) : hash).digest('base64url');
}

/**
 * Does what a request with an Idempotency-Key asks for once: a repetition gets the first one's answer, another request under the same key
 * is refused, and a failure that may pass leaves the key free.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export function createOnce(store: IdempotencyStore) {
  return async (
    route: Route,
    context: RouteContext<unknown, unknown, unknown>,
    work: () => Promise<Sent | null>,
  ): Promise<Sent | null> => {
    const key = context.request.headers['idempotency-key'];
    if (!route.idempotent || key === undefined) return work();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
      const message = 'Idempotency-Key must be 1 to 200 visible ASCII characters';
      throw new HttpProblem({ status: 422, code: 'INVALID_INPUT', message });
    }
    const { name } = context.caller;
    const requestHash = digest(route, context);
    const kept = await store.claim(name, key, requestHash);
    if (kept) {
      if (kept.requestHash !== requestHash) {
        const message = 'this Idempotency-Key was used for another request: take a new one';
        throw new HttpProblem({ status: 422, code: 'IDEMPOTENCY_MISMATCH', message });
      }
      if (kept.status === null) {
        const message = 'the first request with this Idempotency-Key is under way: repeat it shortly';
        throw new HttpProblem({ status: 409, code: 'CONFLICT', message, headers: { 'Retry-After': '1' } });
      }
      context.response.setHeader('Idempotency-Replayed', 'true');
      if (kept.status >= 400) context.response.setHeader('Content-Type', 'application/problem+json');
      return { status: kept.status, body: kept.body };
    }
    try {
      const sent = await work();
      if (sent) await store.keep(name, key, sent.status, sent.body);
      return sent;
    } catch (error) {
      const problem = toProblem(error);
      // an unavailable part or a conflict passes: only what will always be refused is remembered
      if (problem.status === 422 || problem.status === 404) {
        await store.keep(name, key, problem.status, problemBody(problem, context.requestId));
      } else {
        await store.release(name, key);
      }
      throw error;
    }
  };
}
