import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { hashSecret } from '../../adapters/auth/opaque-token.js';

const NAME = 'incumbent_session';

export function sessionToken(request: Request): string | null {
  const header = request.headers.cookie;
  return header === undefined ? null : (parseCookie(header)[NAME] ?? null);
}

/** Out of reach of scripts, not sent from other sites, and over TLS only where there is TLS. */
export function setSessionCookie(request: Request, response: Response, token: string, expires: Date): void {
  const { secure } = request;
  const cookie = { name: NAME, value: token, httpOnly: true, sameSite: 'strict', secure, path: '/', expires } as const;
  response.append('Set-Cookie', stringifySetCookie(cookie));
}

export function clearSessionCookie(request: Request, response: Response): void {
  setSessionCookie(request, response, '', new Date(0));
}

/**
 * What a page must send as X-CSRF-Token with a change. It follows from the session, so nothing is stored for it, and only a page that
 * could read an answer of this API knows it.
 */
export function csrfToken(token: string): string {
  return hashSecret(`csrf:${token}`);
}
