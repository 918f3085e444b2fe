import type { IncomingMessage, ServerResponse } from 'node:http';

const HEADERS = 'Authorization, Content-Type, X-Api-Key, X-Request-Id, X-User-Id';
const EXPOSED = 'Retry-After, X-Model-Version, X-Request-Id, X-Variant';
const MAX_AGE_SECONDS = 600;

/**
 * Lets pages of the listed origins read the answer; to all others a browser shows nothing.
 *
 * @returns whether the request was a browser's question beforehand (preflight) and is answered
 */
export function allowOrigin(origins: readonly string[], request: IncomingMessage, response: ServerResponse): boolean {
  if (origins.length === 0) return false;
  response.setHeader('Vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return false;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false;
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  response.setHeader('Access-Control-Allow-Headers', HEADERS);
  response.setHeader('Access-Control-Max-Age', String(MAX_AGE_SECONDS));
  response.writeHead(204).end();
  return true;
}
