import type { Pool } from 'pg';
import { ConflictError, NotFoundError } from '../../core/errors.js';
import type { KeysetList } from './lists/keyset-list.js';
import { transaction } from './transaction.js';

export type AccountRole = 'viewer' | 'operator' | 'approver' | 'admin';

export interface Account {
  readonly name: string;
  readonly role: AccountRole;
  readonly disabled: boolean;
  readonly lockedUntil: Date | null;
  readonly createdAt: Date;
}

interface AccountRow {
  name: string;
  role: AccountRole;
  disabled: boolean;
  locked_until: Date | null;
  created_at: Date;
}

export const accountList: KeysetList<AccountRow, Account> = {
  table: '(select name, role, disabled, locked_until, created_at from accounts) as accounts',
  time: 'created_at',
  key: { column: 'name', type: 'text' },
  filters: { role: 'role' },
  map: ({ locked_until, created_at, ...row }) => ({ ...row, lockedUntil: locked_until, createdAt: created_at }),
};

const MAX_FAILURES = 5;
const LOCK_MINUTES = 15;

/** People who sign in. */
export function createAccountStore(pool: Pool) {
  async function get(name: string): Promise<Account> {
    const { rows } = await pool.query<AccountRow>(
      'select name, role, disabled, locked_until, created_at from accounts where name = $1',
      [name],
    );
    if (!rows[0]) throw new NotFoundError(`there is no account ${name}`);
    return accountList.map(rows[0]);
  }

  return {
    get,

    async count(): Promise<number> {
      return (await pool.query<{ n: number }>('select count(*) as n from accounts')).rows[0]!.n;
    },

    /** @throws {ConflictError} when the name is taken */
    async create(name: string, passwordHash: string, role: AccountRole): Promise<Account> {
      const { rowCount } = await pool.query(
        'insert into accounts (name, password_hash, role) values ($1, $2, $3) on conflict do nothing',
        [name, passwordHash, role],
      );
      if (rowCount === 0) throw new ConflictError(`there is an account ${name} already`);
      return get(name);
    },

    /**
     * @param before what the caller has read; left out, the change is made whatever the account is now
     * @throws {ConflictError} when nobody would be left who can administer, or it is no longer as `before`
     */
    async change(
      name: string,
      { role, disabled, passwordHash }: { role?: AccountRole; disabled?: boolean; passwordHash?: string },
      before?: Account,
    ): Promise<Account> {
      await transaction(pool, async (client) => {
        await client.query('lock table accounts in share row exclusive mode');
        const { rowCount } = await client.query(
          `update accounts set role = coalesce($2, role), disabled = coalesce($3, disabled),
             password_hash = coalesce($4, password_hash), failed_logins = 0, locked_until = null, updated_at = now()
           where name = $1 and ($5::text is null or role = $5 and disabled = $6
             and date_trunc('milliseconds', locked_until) is not distinct from $7::timestamptz)`,
          [
            name,
            role ?? null,
            disabled ?? null,
            passwordHash ?? null,
            before?.role ?? null,
            before?.disabled ?? null,
            before?.lockedUntil ?? null,
          ],
        );
        if (rowCount === 0) {
          throw before
            ? new ConflictError(`${name} was changed just now`)
            : new NotFoundError(`there is no account ${name}`);
        }
        const admins = await client.query(`select 1 from accounts where role = 'admin' and not disabled limit 1`);
        if (admins.rows.length === 0) throw new ConflictError(`${name} is the last admin: make another one first`);
        // who may do less, or has a new password, signs in again
        await client.query('delete from sessions where account_name = $1', [name]);
      });
      return get(name);
    },

    /** The stored hash, for the comparison; null when there is no such account or it may not sign in. */
    async passwordHash(name: string): Promise<{ hash: string; lockedUntil: Date | null } | null> {
      const { rows } = await pool.query<{ hash: string; lockedUntil: Date | null }>(
        'select password_hash as hash, locked_until as "lockedUntil" from accounts where name = $1 and not disabled',
        [name],
      );
      return rows[0] ?? null;
    },

    /** Counts a wrong password; after five the account is locked for a quarter of an hour. */
    async failed(name: string): Promise<{ locked: boolean }> {
      const { rows } = await pool.query<{ locked: boolean }>(
        `update accounts set failed_logins = failed_logins + 1,
           locked_until = case when (failed_logins + 1) % $2 = 0 then now() + make_interval(mins => $3) else locked_until end
         where name = $1 returning locked_until > now() as locked`,
        [name, MAX_FAILURES, LOCK_MINUTES],
      );
      return { locked: rows[0]?.locked ?? false };
    },

    async succeeded(name: string): Promise<void> {
      await pool.query(
        'update accounts set failed_logins = 0, locked_until = null where name = $1 and (failed_logins > 0 or locked_until is not null)',
        [name],
      );
    },
  };
}

export type AccountStore = ReturnType<typeof createAccountStore>;
