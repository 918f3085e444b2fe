import type { IncomingHttpHeaders } from 'node:http';
import type { UserIds } from '../../adapters/privacy/user-ids.js';
import type { Slot } from '../../core/registry/version.js';

/** Who asks, as the router says. A direct caller has none of it. */
export interface Caller {
  /** In the form in which it is stored. */
  readonly userId: string | null;
  readonly experimentId: number | null;
  readonly assignedVariant: Slot | null;
  readonly requestId: string | null;
  readonly shadow: boolean;
}

const MAX_ID = 128;

function shortText(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_ID) : null;
}

function experiment(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null;
}

/** Reads the headers that the router sets; anything malformed counts as not given. */
export function readCaller(headers: IncomingHttpHeaders, userIds: UserIds): Caller {
  const userId = shortText(headers['x-user-id']);
  const assigned = headers['x-assigned-variant'];
  return {
    userId: userId === null ? null : userIds.stored(userId),
    experimentId: experiment(headers['x-experiment-id']),
    assignedVariant: assigned === 'production' || assigned === 'candidate' ? assigned : null,
    requestId: shortText(headers['x-request-id']),
    shadow: /^(1|true|yes)$/i.test(String(headers['x-shadow'] ?? '')),
  };
}
