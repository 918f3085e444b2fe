import { createContext, useContext } from 'react';
import { type Role, roles, type SessionView } from '../api/access.js';

export interface Session extends SessionView {
  /** Whether this person's role reaches the needed one. The API decides; the pages only leave out what it would refuse. */
  readonly may: (needed: Role) => boolean;
  readonly leave: () => Promise<void>;
}

export const SessionContext = createContext<Session | null>(null);

export const reaches = (has: Role, needed: Role): boolean => roles.indexOf(has) >= roles.indexOf(needed);

/** @throws {Error} outside of a SessionGate */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('there is no session here');
  return session;
}
