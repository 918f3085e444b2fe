import type { Logger } from 'pino';
import { createTokenVerifier } from '../../adapters/auth/token-verifier.js';
import type { AccessSettings } from './access-settings.js';
import { isLoopback } from './loopback.js';

/** The part of the configuration that says how the API is guarded. */
export interface AccessVariables {
  readonly HOST: string;
  readonly AUTH?: 'on' | 'off' | undefined;
  readonly AUTH_JWT_SECRET?: readonly string[] | undefined;
  readonly AUTH_JWKS_URL?: string | undefined;
  readonly AUTH_JWT_ISSUER?: string | undefined;
  readonly AUTH_JWT_AUDIENCE?: string | undefined;
  readonly AUTH_JWT_ROLE_CLAIM: string;
  readonly AUTH_CLOCK_SKEW_SECONDS: number;
  readonly AUTH_SESSION_HOURS: number;
  readonly CONTROL_RATE_LIMIT: number;
  readonly CORS_ORIGINS?: readonly string[] | undefined;
  readonly TRUSTED_PROXIES: number;
}

/**
 * @throws {Error} when access control is off on an address that others reach, or tokens are to be taken from nobody in particular
 */
export function readAccess(config: AccessVariables, logger: Logger): AccessSettings {
  const local = isLoopback(config.HOST);
  const on = config.AUTH === undefined ? !local : config.AUTH === 'on';
  if (!on && !local) {
    throw new Error(
      `AUTH=off is only allowed on a loopback address, HOST is ${config.HOST}: set AUTH=on or HOST=127.0.0.1`,
    );
  }
  if (!on) logger.warn('access control is off: everybody on this machine is admin (AUTH=on turns it on)');
  const { AUTH_JWT_SECRET: secrets = [], AUTH_JWKS_URL: jwksUrl } = config;
  const { AUTH_JWT_ISSUER: issuer, AUTH_JWT_AUDIENCE: audience, AUTH_CLOCK_SKEW_SECONDS: clockSkewSeconds } = config;
  const wanted = secrets.length > 0 || jwksUrl !== undefined;
  if (wanted && (!issuer || !audience)) {
    throw new Error(
      'signed tokens need AUTH_JWT_ISSUER and AUTH_JWT_AUDIENCE: without them any token of that key would do',
    );
  }
  return {
    on,
    tokens:
      wanted && issuer && audience
        ? createTokenVerifier({ secrets, jwksUrl, issuer, audience, clockSkewSeconds })
        : null,
    roleClaim: config.AUTH_JWT_ROLE_CLAIM,
    sessionHours: config.AUTH_SESSION_HOURS,
    requestsPerMinute: config.CONTROL_RATE_LIMIT,
    corsOrigins: config.CORS_ORIGINS ?? [],
    trustedProxies: config.TRUSTED_PROXIES,
  };
}
