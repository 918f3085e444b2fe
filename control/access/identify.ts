import type { Request } from 'express';
import { sameHash } from '../../adapters/auth/opaque-token.js';
import type { VerifiedToken } from '../../adapters/auth/token-verifier.js';
import { HttpProblem } from '../../adapters/http/problem.js';
import { type ApiKeyStore, looksLikeApiKey } from '../../adapters/postgres/api-key-store.js';
import type { SessionStore } from '../../adapters/postgres/session-store.js';
import type { AccessSettings } from './access-settings.js';
import type { Caller } from './caller.js';
import { type Role, roles } from './roles.js';
import { csrfToken, sessionToken } from './session-cookie.js';

export interface IdentityDeps {
  readonly settings: AccessSettings;
  readonly keys: ApiKeyStore;
  readonly sessions: SessionStore;
}

export function unauthenticated(message: string): HttpProblem {
  const headers = { 'WWW-Authenticate': 'Bearer realm="incumbent"' };
  return new HttpProblem({ status: 401, code: 'UNAUTHENTICATED', message, headers });
}

function bearer(request: Request): string | null {
  const { authorization, 'x-api-key': key } = request.headers;
  if (typeof key === 'string') return key;
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (!token) throw unauthenticated('Authorization must be Bearer and a token or an API key');
  return token;
}

function tokenCaller({ subject, claims }: VerifiedToken, roleClaim: string): Caller {
  const claimed = [claims[roleClaim]].flat();
  const role = roles.findLast((one) => claimed.includes(one)) as Role | undefined;
  if (!role) {
    const message = `the token's claim "${roleClaim}" names no role of this API (${roles.join(', ')})`;
    throw new HttpProblem({ status: 403, code: 'FORBIDDEN', message });
  }
  return { name: `token:${subject.slice(0, 100)}`, kind: 'token', role, scopes: null, requestsPerMinute: null };
}

/** A page that holds a session must show that it can read our answers, before it changes anything. */
function checkCsrf(request: Request, token: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const given = request.headers['x-csrf-token'];
  if (typeof given === 'string' && sameHash(given, csrfToken(token))) return;
  const message = 'a change with a session needs the header X-CSRF-Token: GET /api/auth/session tells it';
  throw new HttpProblem({ status: 403, code: 'FORBIDDEN', message });
}

/**
 * Who sent the request, by API key, signed token or session; null when it names nobody.
 *
 * @throws {HttpProblem} 401 for credentials that are not good, 403 for a session without its CSRF token
 */
export async function identify(request: Request, { settings, keys, sessions }: IdentityDeps): Promise<Caller | null> {
  const given = bearer(request);
  if (given !== null && looksLikeApiKey(given)) {
    const key = await keys.find(given);
    if (!key) throw unauthenticated('this API key is unknown, expired or revoked');
    const { role, scopes, requestsPerMinute } = key;
    return { name: `key:${key.name}`, kind: 'key', role, scopes, requestsPerMinute };
  }
  if (given !== null) {
    if (!settings.tokens) throw unauthenticated('this API takes no signed tokens: use an API key or sign in');
    return tokenCaller(await settings.tokens(given), settings.roleClaim);
  }
  const cookie = sessionToken(request);
  const session = cookie ? await sessions.find(cookie) : null;
  if (!cookie || !session) return null;
  checkCsrf(request, cookie);
  return { name: `user:${session.account}`, kind: 'user', role: session.role, scopes: null, requestsPerMinute: null };
}
