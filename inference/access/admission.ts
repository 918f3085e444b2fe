import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../../adapters/http/problem.js';
import { createRateLimit } from '../../adapters/http/rate-limit.js';
import type { ApiKey } from '../../adapters/postgres/api-key-store.js';
import { fromDatabase } from '../http/from-database.js';

/** What a key must be for, as keys name it. */
export type Scope = 'predict:write' | 'feedback:write' | 'predict:read';

/** Lets a request through, or refuses it. */
export type Admit = (request: Pick<IncomingMessage, 'headers' | 'socket'>, scope: Scope) => Promise<void>;

/** So long after a key was revoked it may still be let through. */
const FRESH_MS = 10_000;
/** While the database is away, keys that were good when it was last asked stay good this long. */
const PATIENCE_MS = 600_000;
const REMEMBERED = 10_000;
/** Texts that are no good key, from one address. */
const FAILURES_PER_MINUTE = 60;

interface Known {
  readonly key: ApiKey | null;
  readonly at: number;
}

function refused(status: 401 | 403, message: string): HttpProblem {
  if (status === 403) return new HttpProblem({ status, code: 'FORBIDDEN', message });
  const headers = { 'WWW-Authenticate': 'Bearer realm="incumbent"' };
  return new HttpProblem({ status, code: 'UNAUTHENTICATED', message, headers });
}

function keyOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const { authorization, 'x-api-key': key } = headers;
  if (typeof key === 'string') return key;
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (!token) throw refused(401, 'send an API key: Authorization: Bearer, or X-Api-Key');
  return token;
}

/**
 * Prediction endpoints behind API keys, the same keys as those of the control API.
 *
 * @param find the key that a text is, if it is a good one
 * @returns a function that throws {HttpProblem} 401 without a good key, 403 when the key is not for this, 429 above the key's number of
 * requests a minute; {UnavailableError} when the database is away and the key was not seen lately
 */
export function createAdmission(find: (text: string) => Promise<ApiKey | null>, now: () => number = Date.now): Admit {
  const known = new Map<string, Known>();
  const limit = createRateLimit(now);

  async function look(text: string): Promise<ApiKey | null> {
    const before = known.get(text);
    if (before && now() - before.at < FRESH_MS) return before.key;
    try {
      const key = await fromDatabase(() => find(text));
      if (known.size >= REMEMBERED) known.delete(known.keys().next().value!);
      known.delete(text);
      known.set(text, { key, at: now() });
      return key;
    } catch (error) {
      if (before?.key && now() - before.at < PATIENCE_MS) return before.key;
      throw error;
    }
  }

  return async (request, scope) => {
    const key = await look(keyOf(request));
    if (!key || (key.expiresAt !== null && key.expiresAt.getTime() <= now())) {
      limit(`failures ${request.headers['x-real-ip'] ?? request.socket.remoteAddress}`, FAILURES_PER_MINUTE);
      throw refused(401, 'this API key is unknown, expired or revoked');
    }
    if (key.requestsPerMinute !== null) limit(`key ${key.id}`, key.requestsPerMinute);
    if (key.scopes !== null && !key.scopes.includes(scope)) throw refused(403, `key:${key.name} is not for ${scope}`);
  };
}
