import { createHash } from 'node:crypto';
import { HttpProblem } from '../../adapters/http/problem.js';

/** A strong entity tag of a JSON answer. */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/** Whether a list of entity tags (If-Match, If-None-Match) names this one. */
export function names(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** @throws {HttpProblem} 412 when the caller looked at something that has changed since */
export function checkIfMatch(header: string | undefined, current: unknown): void {
  if (header === undefined) return;
  const etag = etagOf(JSON.stringify(current));
  if (names(header, etag)) return;
  throw new HttpProblem({
    status: 412,
    code: 'PRECONDITION_FAILED',
    message: `this has changed since you looked: its ETag is ${etag} now`,
    headers: { ETag: etag },
  });
}
