export const USER_COOKIE = 'incumbent_user';
const ONE_YEAR_SECONDS = 365 * 24 * 3600;

/**
 * One well-formed UTF-8 character, no control character, not a space. Written over bytes (PCRE without UTF mode) and
 * latin1 strings (how node:http hands headers over), so nginx and the built-in router accept and hash the very same
 * bytes.
 */
const CHARACTER =
  '(?:[\\x21-\\x7e]|[\\xc2-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|[\\xe1-\\xef][\\x80-\\xbf]{2}' +
  '|\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3}|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2})';

/** X-User-Id: trimmed, 1..128 characters, no control characters. Group 1 is the key. */
export const USER_HEADER_PATTERN = `^[ \\x09]*(${CHARACTER}(?:(?:${CHARACTER}|\\x20){0,126}${CHARACTER})?)[ \\x09]*$`;
/** The cookie is the router's own, so it holds nothing that would need quoting. */
export const USER_COOKIE_PATTERN = '^([A-Za-z0-9_-]{1,128})$';

const header = new RegExp(USER_HEADER_PATTERN);
const cookie = new RegExp(USER_COOKIE_PATTERN);

export interface UserKey {
  /** As node:http writes it into a header (latin1). */
  readonly headerValue: string;
  /** The text that is hashed. */
  readonly text: string;
  /** A new visitor, to be told the key in a cookie. */
  readonly isNew: boolean;
}

function cookieValue(cookies: string | undefined): string | undefined {
  for (const part of cookies?.split(/[;,]/) ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim().toLowerCase() === USER_COOKIE) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/**
 * Who is asking: the X-User-Id header, else the cookie, else the new id. A header or cookie of a wrong form counts as
 * absent.
 *
 * @param userId header as node:http gives it (latin1)
 * @param newId random, used for a new visitor
 */
export function resolveUserKey(userId: string | undefined, cookies: string | undefined, newId: string): UserKey {
  const fromHeader = userId === undefined ? undefined : header.exec(userId)?.[1];
  if (fromHeader !== undefined) {
    return { headerValue: fromHeader, text: Buffer.from(fromHeader, 'latin1').toString('utf8'), isNew: false };
  }
  const fromCookie = cookie.exec(cookieValue(cookies) ?? '')?.[1];
  const key = fromCookie ?? newId;
  return { headerValue: key, text: key, isNew: fromCookie === undefined };
}

/** @param key the new id, or nginx's variable for it */
export function userCookie(key: string, secure: boolean): string {
  return `${USER_COOKIE}=${key}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
