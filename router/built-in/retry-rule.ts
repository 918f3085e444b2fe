import type { RequestKind } from '../prediction-path.js';
import type { Outcome } from './forward.js';

/** nginx's `proxy_next_upstream_tries`. */
export const MOST_TRIES = 3;

const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);
const NOT_REPEATABLE: ReadonlySet<string> = new Set(['POST', 'PATCH', 'LOCK']);

/** Whether an outcome counts against the instance and lets the next one try. */
export function isFailure(kind: RequestKind, fromCandidate: boolean, outcome: Outcome): boolean {
  if (outcome.kind === 'failure') return true;
  const status = outcome.response.statusCode!;
  return kind !== 'other' && (AWAY.has(status) || (fromCandidate && status === 500));
}

/**
 * Whether the request may be sent once more. A prediction always may; anything else only when it changes nothing, or
 * when no instance can have seen it.
 */
export function mayRepeat(kind: RequestKind, method: string, outcome: Outcome): boolean {
  return kind !== 'other' || !NOT_REPEATABLE.has(method) || (outcome.kind === 'failure' && !outcome.sent);
}
