import type { Request } from 'express';
import type { AuditLog } from '../../activities/ports.js';
import { HttpProblem } from '../../adapters/http/problem.js';
import { createRateLimit } from '../../adapters/http/rate-limit.js';
import { auditRequest } from '../audit-request.js';
import { type Route, scopeOf } from '../http/route.js';
import { anonymousCaller, type Caller, localCaller } from './caller.js';
import { type IdentityDeps, identify, unauthenticated } from './identify.js';
import { hostName, isLoopback } from './loopback.js';
import { reaches } from './roles.js';

/** Wrong keys and tokens from one address, a minute. */
const FAILURES_PER_MINUTE = 60;
const ANONYMOUS_PER_MINUTE = 600;

function forbidden(message: string): HttpProblem {
  return new HttpProblem({ status: 403, code: 'FORBIDDEN', message });
}

/**
 * Without access control the address is the only wall: a page of another site must not reach through it, neither by a request of its own
 * (Origin) nor by a name of its own that resolves to this machine (Host).
 */
function admitLocal(request: Request, corsOrigins: readonly string[]): Caller {
  if (!isLoopback(hostName(request.headers.host))) throw forbidden('AUTH is off: this API answers to localhost only');
  const { origin } = request.headers;
  if (origin !== undefined && !corsOrigins.includes(origin)) {
    const own = URL.canParse(origin) && isLoopback(new URL(origin).hostname);
    if (!own) throw forbidden('AUTH is off: pages of other sites are not served');
  }
  return localCaller;
}

/** Whether the caller may use the route: role first, then what its key is for. */
function allowed(route: Pick<Route, 'access' | 'method' | 'tag'>, caller: Caller): string | null {
  if (route.access === 'public') return null;
  if (!reaches(caller.role, route.access))
    return `this needs the role ${route.access}, ${caller.name} is ${caller.role}`;
  const scope = scopeOf(route);
  if (caller.scopes !== null && !caller.scopes.includes(scope)) return `${caller.name} is not for ${scope}`;
  return null;
}

/** Decides who is let through to a route, before its body is read. */
export function createAdmission({ audit, ...identity }: IdentityDeps & { readonly audit: AuditLog }) {
  const { settings } = identity;
  const limit = createRateLimit();
  return async (request: Request, route: Route): Promise<Caller> => {
    if (!settings.on) return admitLocal(request, settings.corsOrigins);
    const address = request.ip ?? 'unknown';
    let caller: Caller | null;
    try {
      caller = await identify(request, identity);
    } catch (error) {
      if (error instanceof HttpProblem && error.problem.status === 401)
        limit(`failures ${address}`, FAILURES_PER_MINUTE);
      throw error;
    }
    if (!caller) {
      limit(`anonymous ${address}`, ANONYMOUS_PER_MINUTE);
      if (route.access !== 'public') throw unauthenticated('sign in, or send a token or an API key');
      return anonymousCaller;
    }
    limit(caller.name, caller.requestsPerMinute ?? settings.requestsPerMinute);
    const refusal = allowed(route, caller);
    if (refusal === null) return caller;
    if (route.method !== 'get') {
      const change = {
        project: null,
        action: 'access.denied',
        subject: `${request.method} ${request.path}`,
        reason: refusal,
      };
      await auditRequest(audit, { caller, address, requestId: String(request.id) }, change);
    }
    throw forbidden(refusal);
  };
}
