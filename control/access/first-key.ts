import type { Pool } from 'pg';
import { createAccountStore } from '../../adapters/postgres/account-store.js';
import { createApiKeyStore } from '../../adapters/postgres/api-key-store.js';

const GOOD_FOR_MS = 24 * 3_600_000;

/**
 * Where nobody can sign in yet, makes an admin key that is good for a day and tells it once – to a person, not to the log.
 *
 * @returns whether there was a need for it
 */
export async function offerFirstKey(pool: Pool, tell: (text: string) => void): Promise<boolean> {
  const [accounts, keys] = [createAccountStore(pool), createApiKeyStore(pool)];
  if ((await accounts.count()) > 0 || (await keys.count()) > 0) return false;
  const { key } = await keys.create({
    name: 'first-start',
    role: 'admin',
    scopes: null,
    requestsPerMinute: null,
    expiresAt: new Date(Date.now() + GOOD_FOR_MS),
    createdBy: 'first start',
  });
  tell(`
The first admin key, good for 24 hours and not shown again:

  ${key}

Make an account with it: POST /api/accounts {"name":"you","password":"…","role":"admin"} with Authorization: Bearer <key>.

`);
  return true;
}
