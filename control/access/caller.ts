import type { Role } from './roles.js';

/** Who sent a request, and what it may do. */
export interface Caller {
  /** Written into every audit row: `user:asha`, `key:ci`, `token:…` or `local`. */
  readonly name: string;
  readonly kind: 'user' | 'key' | 'token' | 'local' | 'anonymous';
  readonly role: Role;
  /** What a service's key is for, such as `training:write`; null = everything its role may do. */
  readonly scopes: readonly string[] | null;
  /** Requests a minute; null = the default of the configuration. */
  readonly requestsPerMinute: number | null;
}

/** Access control switched off: whoever reaches the loopback address is the operator of this machine. */
export const localCaller: Caller = {
  name: 'local',
  kind: 'local',
  role: 'admin',
  scopes: null,
  requestsPerMinute: null,
};

/** Somebody on a route that is open to everybody. */
export const anonymousCaller: Caller = {
  name: 'anonymous',
  kind: 'anonymous',
  role: 'viewer',
  scopes: null,
  requestsPerMinute: null,
};
