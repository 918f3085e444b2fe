import { z } from 'zod';
import type { Account } from '../../adapters/postgres/account-store.js';
import type { ApiKey } from '../../adapters/postgres/api-key-store.js';
import { roles } from '../access/roles.js';
import { instant, iso, isoOrNull } from './fields.js';

export const accountName = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._@-]*$/i, 'letters, digits and . _ @ -')
  .transform((name) => name.toLowerCase());

/** Length is what counts; no rules about characters. @see NIST SP 800-63B */
export const newPassword = z.string().min(12, 'at least 12 characters').max(200);

export const accountSchema = z
  .object({
    name: z.string(),
    role: z.enum(roles),
    disabled: z.boolean(),
    locked_until: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'Account' });

export function accountView(account: Account): z.input<typeof accountSchema> {
  return {
    name: account.name,
    role: account.role,
    disabled: account.disabled,
    locked_until: isoOrNull(account.lockedUntil),
    created_at: iso(account.createdAt),
  };
}

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    scopes: z.array(z.string()).nullable(),
    requests_per_minute: z.int().nullable(),
    created_by: z.string(),
    created_at: instant,
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });

export function apiKeyView(key: ApiKey): z.input<typeof apiKeySchema> {
  return {
    id: key.id,
    name: key.name,
    role: key.role,
    scopes: key.scopes && [...key.scopes],
    requests_per_minute: key.requestsPerMinute,
    created_by: key.createdBy,
    created_at: iso(key.createdAt),
    expires_at: isoOrNull(key.expiresAt),
    revoked_at: isoOrNull(key.revokedAt),
    last_used_at: isoOrNull(key.lastUsedAt),
  };
}
