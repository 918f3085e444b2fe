import type { NextFunction, Request, Response } from 'express';

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const HEADERS =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Api-Key, X-CSRF-Token, X-Request-Id';
const EXPOSED = 'ETag, Idempotency-Replayed, Retry-After, X-Request-Id';
const MAX_AGE_SECONDS = 600;

/** Lets pages of the listed origins read answers; to all others a browser shows nothing. */
export function cors(origins: readonly string[]) {
  return (request: Request, response: Response, next: NextFunction): void => {
    response.vary('Origin');
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Expose-Headers', EXPOSED);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', METHODS);
    response.setHeader('Access-Control-Allow-Headers', HEADERS);
    response.setHeader('Access-Control-Max-Age', String(MAX_AGE_SECONDS));
    response.status(204).end();
  };
}
