import type { Request, Response } from 'express';
import { etagOf, names } from './etag.js';
import { ANSWERED, type Route } from './route.js';

/** An answer as it leaves: status and JSON text. */
export interface Sent {
  readonly status: number;
  readonly body: string | null;
  /** Of what a GET answers. */
  readonly etag?: string;
}

/** What a handler returned, as it will be sent; null when the handler answered itself. A status it set itself counts. */
export function toSent(route: Route, value: unknown, { statusCode }: Response): Sent | null {
  if (value === ANSWERED) return null;
  const status = statusCode === 200 ? (route.status ?? (value === undefined ? 204 : 200)) : statusCode;
  if (value === undefined) return { status, body: null };
  const body = JSON.stringify(value);
  if (route.method !== 'get' || status !== 200) return { status, body };
  return { status, body, etag: etagOf(value, body, route.settings) };
}

/** Sends it; a GET whose caller has the same already is answered with 304. */
export function sendAnswer(request: Request, response: Response, { status, body, etag }: Sent): void {
  response.status(status);
  if (body === null) {
    response.end();
    return;
  }
  if (etag !== undefined) {
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'private, no-cache');
    const known = request.headers['if-none-match'];
    if (known !== undefined && names(known, etag)) {
      response.status(304).end();
      return;
    }
  }
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}
