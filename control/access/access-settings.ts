import type { TokenVerifier } from '../../adapters/auth/token-verifier.js';

/** How the API is guarded. */
export interface AccessSettings {
  /** Off: whoever reaches the address may do everything; only allowed on a loopback address. */
  readonly on: boolean;
  /** Signed tokens of an issuer; null = none are taken. */
  readonly tokens: TokenVerifier | null;
  /** Claim of a token that names its role, or a list of roles of which the highest counts. */
  readonly roleClaim: string;
  readonly sessionHours: number;
  /** Requests a minute for a caller without a number of its own. */
  readonly requestsPerMinute: number;
  /** Origins whose pages may call the API from a browser. */
  readonly corsOrigins: readonly string[];
  /** How many proxies in front add their X-Forwarded-For. */
  readonly trustedProxies: number;
}

export const openAccess: AccessSettings = {
  on: false,
  tokens: null,
  roleClaim: 'role',
  sessionHours: 12,
  requestsPerMinute: 6000,
  corsOrigins: [],
  trustedProxies: 0,
};
