import { z } from 'zod';
import { hashPassword, verifyPassword } from '../../adapters/auth/password.js';
import { createRateLimit } from '../../adapters/http/rate-limit.js';
import type { Account, AccountStore } from '../../adapters/postgres/account-store.js';
import type { SessionStore } from '../../adapters/postgres/session-store.js';
import { ConflictError } from '../../core/errors.js';
import { anonymousCaller } from '../access/caller.js';
import { unauthenticated } from '../access/identify.js';
import { roles } from '../access/roles.js';
import { clearSessionCookie, csrfToken, sessionToken, setSessionCookie } from '../access/session-cookie.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, type RouteContext, route } from '../http/route.js';
import { accountName, newPassword } from '../views/account-view.js';
import { instant, iso } from '../views/fields.js';

const sessionSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['user', 'key', 'token', 'local', 'anonymous']),
    role: z.enum(roles),
    scopes: z.array(z.string()).nullable(),
    access_control: z.boolean().describe('False: AUTH is off and everybody on this machine is admin'),
    csrf_token: z.string().nullable().describe('Send it as X-CSRF-Token with every change of this session'),
  })
  .meta({ id: 'CallerSession' });

const signedInSchema = sessionSchema.extend({ expires_at: instant }).meta({ id: 'SignedIn' });

const LOGINS_PER_MINUTE = 20;
/** Compared with when there is no such account, so that the time tells nothing. */
const nobody = hashPassword('nobody has this password');

/** @throws {HttpProblem} 401, the same words for a wrong name, a wrong password and a locked account's wrong password */
async function signIn(
  accounts: AccountStore,
  { name, password }: { name: string; password: string },
): Promise<{ account: Account } | { failed: 'wrong' | 'locked' }> {
  const known = await accounts.passwordHash(name);
  const right = await verifyPassword(password, known?.hash ?? (await nobody));
  if (known?.lockedUntil && known.lockedUntil > new Date()) return { failed: 'locked' };
  if (!known || !right) return { failed: (await accounts.failed(name)).locked ? 'locked' : 'wrong' };
  await accounts.succeeded(name);
  return { account: await accounts.get(name) };
}

export function authRoutes(deps: ControlDeps & { accounts: AccountStore; sessions: SessionStore }): Route[] {
  const { accounts, sessions, audit, access } = deps;
  const limit = createRateLimit();

  const recordLogin = (context: RouteContext<unknown, unknown, unknown>, name: string, outcome: string) =>
    auditRequest(
      audit,
      { ...context, caller: { ...anonymousCaller, name: `user:${name}` } },
      { project: null, action: `auth.login.${outcome}`, subject: name },
    );

  return [
    route({
      method: 'post',
      path: '/api/auth/login',
      tag: 'auth',
      summary: 'Sign in with a name and a password',
      description: 'Sets a session cookie. Five wrong passwords lock the account for a quarter of an hour.',
      access: 'public',
      body: z.strictObject({ name: accountName, password: z.string().min(1).max(200) }),
      answer: signedInSchema,
      problems: [401, 429],
      async handle(context) {
        const { body, request, response, address } = context;
        if (!access.on) throw new ConflictError('AUTH is off: there is nothing to sign in to');
        limit(`${address} ${body.name}`, LOGINS_PER_MINUTE);
        const outcome = await signIn(accounts, body);
        if ('failed' in outcome) {
          await recordLogin(context, body.name, outcome.failed === 'locked' ? 'locked' : 'failed');
          throw unauthenticated('name or password is wrong, or the account is locked for a while');
        }
        const { name, role } = outcome.account;
        const { token, expiresAt } = await sessions.open(name, access.sessionHours);
        setSessionCookie(request, response, token, expiresAt);
        await recordLogin(context, name, 'succeeded');
        return {
          name: `user:${name}`,
          kind: 'user' as const,
          role,
          scopes: null,
          access_control: true,
          csrf_token: csrfToken(token),
          expires_at: iso(expiresAt),
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/auth/logout',
      tag: 'auth',
      summary: 'End the session',
      access: 'viewer',
      async handle({ request, response }) {
        const token = sessionToken(request);
        if (token) await sessions.close(token);
        clearSessionCookie(request, response);
        return undefined;
      },
    }),
    route({
      method: 'get',
      path: '/api/auth/session',
      tag: 'auth',
      summary: 'Who the caller is and what it may do',
      access: 'viewer',
      answer: sessionSchema,
      async handle({ caller: { name, kind, role, scopes }, request }) {
        const token = kind === 'user' ? sessionToken(request) : null;
        return {
          name,
          kind,
          role,
          scopes: scopes && [...scopes],
          access_control: access.on,
          csrf_token: token && csrfToken(token),
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/auth/password',
      tag: 'auth',
      summary: 'Change your own password; all your sessions end',
      access: 'viewer',
      body: z.strictObject({ password: z.string().min(1).max(200), new_password: newPassword }),
      problems: [401, 409],
      async handle(context) {
        const { caller, body } = context;
        if (caller.kind !== 'user') throw new ConflictError('only who signed in with a password has one');
        const name = caller.name.slice('user:'.length);
        limit(`${context.address} ${name}`, LOGINS_PER_MINUTE);
        const outcome = await signIn(accounts, { name, password: body.password });
        if ('failed' in outcome) throw unauthenticated('the present password is wrong');
        await accounts.change(name, { passwordHash: await hashPassword(body.new_password) });
        await auditRequest(audit, context, { project: null, action: 'auth.password', subject: name });
        return undefined;
      },
    }),
  ];
}
