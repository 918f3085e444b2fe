import { createHmac } from 'node:crypto';

/** How the ids of users are kept. */
export interface UserIds {
  /** The form in which an id is stored: the id itself, or its keyed hash where there is a key. */
  stored(id: string): string;
  /** The same for an id that somebody looks for, who may have either form. */
  wanted(id: string): string;
}

const PREFIX = 'h1_';
const STORED = /^h1_[\w-]{22}$/;
const REMEMBERED = 10_000;

/**
 * With a key, ids are stored as HMAC-SHA-256 of it (128 bits): nobody without the key can tell whose they are, or try names.
 * The same id gives the same hash, so that a person stays one user of an experiment.
 */
export function createUserIds(key: string | undefined): UserIds {
  if (key === undefined) return { stored: (id) => id, wanted: (id) => id };
  const known = new Map<string, string>();
  const stored = (id: string): string => {
    let hash = known.get(id);
    if (hash === undefined) {
      hash = PREFIX + createHmac('sha256', key).update(id).digest('base64url').slice(0, 22);
      if (known.size >= REMEMBERED) known.clear();
      known.set(id, hash);
    }
    return hash;
  };
  return { stored, wanted: (id) => (STORED.test(id) ? id : stored(id)) };
}
