import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { UnavailableError } from '../../core/errors.js';
import { HttpProblem } from '../http/problem.js';

export interface TokenSettings {
  /** For HS256; several while one is replaced by another, the newest first. */
  readonly secrets: readonly string[];
  /** For RS256 and ES256: where the issuer publishes its keys. They are fetched again when a token names a new one. */
  readonly jwksUrl?: string | undefined;
  readonly issuer: string;
  readonly audience: string;
  readonly clockSkewSeconds: number;
}

export interface VerifiedToken {
  readonly subject: string;
  readonly claims: JWTPayload;
}

export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

function refused(reason: string, cause?: unknown): HttpProblem {
  return new HttpProblem(
    {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: `the token is not valid: ${reason}`,
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    },
    { cause },
  );
}

/** jose's reasons in words that help the caller and nobody else. */
function why(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim "${error.claim}" is not what is expected`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'it was signed with a key that the issuer does not publish';
  return 'its signature does not fit';
}

/**
 * Verifies signed tokens. Which kind of key is used depends on the configuration and the algorithm together, never on the token
 * alone: a public key is not taken for a shared secret, and `alg: none` is no algorithm.
 *
 * @throws {HttpProblem} 401 for a token that is not good
 * @throws {UnavailableError} when the issuer's keys cannot be fetched
 */
export function createTokenVerifier({
  secrets,
  jwksUrl,
  issuer,
  audience,
  clockSkewSeconds,
}: TokenSettings): TokenVerifier {
  const keys = jwksUrl
    ? createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: 5_000, timeoutDuration: 3_000 })
    : null;
  const shared = secrets.map((secret) => new TextEncoder().encode(secret));
  const checks: JWTVerifyOptions = {
    issuer,
    audience,
    clockTolerance: clockSkewSeconds,
    requiredClaims: ['exp', 'sub'],
  };

  async function verified(token: string, alg: string | undefined): Promise<JWTPayload> {
    if (alg === 'HS256' && shared.length > 0) {
      for (const [i, key] of shared.entries()) {
        try {
          return (await jwtVerify(token, key, { ...checks, algorithms: ['HS256'] })).payload;
        } catch (error) {
          const last = i === shared.length - 1;
          if (last || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
        }
      }
    }
    if ((alg === 'RS256' || alg === 'ES256') && keys) {
      return (await jwtVerify(token, keys, { ...checks, algorithms: ['RS256', 'ES256'] })).payload;
    }
    throw refused(`the algorithm ${String(alg).slice(0, 20)} is not accepted`);
  }

  return async (token) => {
    try {
      const claims = await verified(token, decodeProtectedHeader(token).alg);
      return { subject: claims.sub!, claims };
    } catch (error) {
      if (error instanceof HttpProblem) throw error;
      if (
        error instanceof errors.JWKSTimeout ||
        (!(error instanceof errors.JOSEError) && !(error instanceof TypeError))
      ) {
        throw new UnavailableError("the token issuer's keys cannot be fetched", { cause: error });
      }
      if (error instanceof TypeError && /fetch/.test(error.message)) {
        throw new UnavailableError("the token issuer's keys cannot be fetched", { cause: error });
      }
      throw refused(error instanceof errors.JOSEError ? why(error) : 'it is not a signed token', error);
    }
  };
}
