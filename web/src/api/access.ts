import { controlPath } from './control.js';
import { requestJson } from './http.js';

/** Each may do what the ones before it may. */
export const roles = ['viewer', 'operator', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who looks at the pages. */
export interface SessionView {
  readonly name: string;
  readonly kind: string;
  readonly role: Role;
  /** False: everybody on this machine is admin, and there is nothing to sign in to. */
  readonly access_control: boolean;
  readonly csrf_token: string | null;
}

export interface AccountView {
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly locked_until: string | null;
  readonly created_at: string;
}

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly string[] | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly last_used_at: string | null;
}

export const readSession = (signal: AbortSignal): Promise<SessionView> =>
  requestJson(controlPath('auth/session'), { signal });

export const signIn = (name: string, password: string): Promise<SessionView> =>
  requestJson(controlPath('auth/login'), { method: 'POST', body: { name, password } });

export const signOut = (): Promise<unknown> => requestJson(controlPath('auth/logout'), { method: 'POST', body: {} });

/** Ends all sessions of the account, this one too. */
export const changePassword = (password: string, replacement: string): Promise<unknown> =>
  requestJson(controlPath('auth/password'), { method: 'POST', body: { password, new_password: replacement } });

export const createAccount = (account: { name: string; password: string; role: Role }): Promise<AccountView> =>
  requestJson(controlPath('accounts'), { method: 'POST', body: account });

export const changeAccount = (
  name: string,
  change: { role?: Role; disabled?: boolean; password?: string },
): Promise<AccountView> =>
  requestJson(controlPath(`accounts/${encodeURIComponent(name)}`), { method: 'PATCH', body: change });

/** @returns the key itself, which is told this once */
export const createApiKey = (key: {
  name: string;
  role: Role;
  scopes: readonly string[] | null;
  expires_at: string | null;
}): Promise<ApiKeyView & { key: string }> => requestJson(controlPath('auth/keys'), { method: 'POST', body: key });

export const revokeApiKey = (id: string): Promise<unknown> =>
  requestJson(controlPath(`auth/keys/${encodeURIComponent(id)}`), { method: 'DELETE' });
