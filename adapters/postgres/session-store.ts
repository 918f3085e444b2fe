import type { Pool } from 'pg';
import { hashSecret, newSecret } from '../auth/opaque-token.js';
import type { AccountRole } from './account-store.js';

export interface Session {
  readonly account: string;
  readonly role: AccountRole;
  readonly expiresAt: Date;
}

/** Sessions of people, known by the hash of what is in their cookie. */
export function createSessionStore(pool: Pool) {
  return {
    /** @returns the cookie's value; it is not stored */
    async open(account: string, hours: number): Promise<{ token: string; expiresAt: Date }> {
      const token = newSecret();
      const { rows } = await pool.query<{ expires_at: Date }>(
        `with swept as (delete from sessions where expires_at < now())
         insert into sessions (token_hash, account_name, expires_at) values ($1, $2, now() + make_interval(hours => $3))
         returning expires_at`,
        [hashSecret(token), account, hours],
      );
      return { token, expiresAt: rows[0]!.expires_at };
    },

    async find(token: string): Promise<Session | null> {
      const { rows } = await pool.query<Session>(
        `select a.name as account, a.role, s.expires_at as "expiresAt" from sessions s join accounts a on a.name = s.account_name
         where s.token_hash = $1 and s.expires_at > now() and not a.disabled`,
        [hashSecret(token)],
      );
      return rows[0] ?? null;
    },

    async close(token: string): Promise<void> {
      await pool.query('delete from sessions where token_hash = $1', [hashSecret(token)]);
    },
  };
}

export type SessionStore = ReturnType<typeof createSessionStore>;
