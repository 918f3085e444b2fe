import { z } from 'zod';
import { hashPassword } from '../../adapters/auth/password.js';
import { type AccountStore, accountList } from '../../adapters/postgres/account-store.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { roles } from '../access/roles.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { checkIfMatch } from '../http/etag.js';
import { type Route, route } from '../http/route.js';
import { accountName, accountSchema, accountView, newPassword } from '../views/account-view.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const byName = z.strictObject({ name: accountName });

/** Who may sign in. */
export function accountRoutes({ pool, audit, accounts }: ControlDeps & { accounts: AccountStore }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/accounts',
      tag: 'accounts',
      summary: 'People who may sign in',
      access: 'admin',
      query: listQuery({ role: z.enum(roles).optional() }),
      answer: pageOf(accountSchema),
      handle: async ({ query }) => pageView(await listPage(pool, accountList, toListQuery(query)), accountView),
    }),
    route({
      method: 'post',
      path: '/api/accounts',
      tag: 'accounts',
      summary: 'Let somebody sign in',
      access: 'admin',
      status: 201,
      body: z.strictObject({ name: accountName, password: newPassword, role: z.enum(roles) }),
      answer: accountSchema,
      problems: [409],
      async handle(context) {
        const { name, password, role } = context.body;
        const account = accountView(await accounts.create(name, await hashPassword(password), role));
        await auditRequest(audit, context, { project: null, action: 'account.create', subject: name, after: account });
        return account;
      },
    }),
    route({
      method: 'get',
      path: '/api/accounts/:name',
      tag: 'accounts',
      summary: 'One account',
      access: 'admin',
      params: byName,
      answer: accountSchema,
      problems: [404],
      handle: async ({ params }) => accountView(await accounts.get(params.name)),
    }),
    route({
      method: 'patch',
      path: '/api/accounts/:name',
      tag: 'accounts',
      summary: 'Change a role or a password, disable or unlock; all its sessions end',
      access: 'admin',
      params: byName,
      body: z.strictObject({
        role: z.enum(roles).optional(),
        disabled: z.boolean().optional(),
        password: newPassword.optional(),
      }),
      answer: accountSchema,
      problems: [404, 409],
      current: async ({ params }) => accountView(await accounts.get(params.name)),
      async handle(context) {
        const { name } = context.params;
        const { password, role, disabled } = context.body;
        const changes = {
          ...(role === undefined ? {} : { role }),
          ...(disabled === undefined ? {} : { disabled }),
          ...(password === undefined ? {} : { passwordHash: await hashPassword(password) }),
        };
        const seen = await accounts.get(name);
        const before = accountView(seen);
        const precondition = context.request.headers['if-match'];
        checkIfMatch(precondition, before);
        // wrong passwords that lock an account must not keep an admin from disabling it: without the header nothing is compared
        const after = accountView(await accounts.change(name, changes, precondition === undefined ? undefined : seen));
        const details = { password_changed: password !== undefined };
        await auditRequest(audit, context, {
          project: null,
          action: 'account.change',
          subject: name,
          before,
          after,
          details,
        });
        return after;
      },
    }),
  ];
}
