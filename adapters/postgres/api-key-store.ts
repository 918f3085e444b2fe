import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { NotFoundError } from '../../core/errors.js';
import { hashSecret, newSecret, sameHash } from '../auth/opaque-token.js';
import type { AccountRole } from './account-store.js';
import type { KeysetList } from './lists/keyset-list.js';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly scopes: readonly string[] | null;
  readonly requestsPerMinute: number | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

interface KeyRow {
  id: string;
  name: string;
  secret_hash: string;
  role: AccountRole;
  scopes: string[] | null;
  requests_per_minute: number | null;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

export const apiKeyList: KeysetList<KeyRow, ApiKey> = {
  table: 'api_keys',
  time: 'created_at',
  key: { column: 'id', type: 'text' },
  filters: { role: 'role' },
  map: (row) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    scopes: row.scopes,
    requestsPerMinute: row.requests_per_minute,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }),
};

/** `inc_{id}_{secret}`: the id finds the row, the secret is compared with its hash. */
const FORM = /^inc_([0-9a-f]{12})_([\w-]{43})$/;

export const looksLikeApiKey = (text: string): boolean => text.startsWith('inc_');

/** Keys of services. The key itself is told once, when it is made. */
export function createApiKeyStore(pool: Pool) {
  return {
    async count(): Promise<number> {
      return (await pool.query<{ n: number }>('select count(*) as n from api_keys')).rows[0]!.n;
    },

    async create(given: {
      name: string;
      role: AccountRole;
      scopes: readonly string[] | null;
      requestsPerMinute: number | null;
      expiresAt: Date | null;
      createdBy: string;
    }): Promise<{ key: string; record: ApiKey }> {
      const id = randomBytes(6).toString('hex');
      const secret = newSecret();
      const { rows } = await pool.query<KeyRow>(
        `insert into api_keys (id, name, secret_hash, role, scopes, requests_per_minute, created_by, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
        [
          id,
          given.name,
          hashSecret(secret),
          given.role,
          given.scopes,
          given.requestsPerMinute,
          given.createdBy,
          given.expiresAt,
        ],
      );
      return { key: `inc_${id}_${secret}`, record: apiKeyList.map(rows[0]!) };
    },

    /** The key that this text is, if it is one and still good. */
    async find(text: string): Promise<ApiKey | null> {
      const [, id, secret] = FORM.exec(text) ?? [];
      if (!id || !secret) return null;
      const { rows } = await pool.query<KeyRow>(
        'select * from api_keys where id = $1 and revoked_at is null and (expires_at is null or expires_at > now())',
        [id],
      );
      const row = rows[0];
      if (!row || !sameHash(row.secret_hash, hashSecret(secret))) return null;
      // once a minute is often enough to see that a key is in use
      if (row.last_used_at === null || Date.now() - row.last_used_at.getTime() > 60_000) {
        await pool.query('update api_keys set last_used_at = now() where id = $1', [id]);
      }
      return apiKeyList.map(row);
    },

    /** @throws {NotFoundError} */
    async revoke(id: string): Promise<ApiKey> {
      const { rows } = await pool.query<KeyRow>(
        'update api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning *',
        [id],
      );
      if (!rows[0]) throw new NotFoundError(`there is no key ${id}`);
      return apiKeyList.map(rows[0]);
    },
  };
}

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;
