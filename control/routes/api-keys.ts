import { z } from 'zod';
import { HttpProblem } from '../../adapters/http/problem.js';
import { type ApiKeyStore, apiKeyList } from '../../adapters/postgres/api-key-store.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { InvalidInputError } from '../../core/errors.js';
import type { Caller } from '../access/caller.js';
import { roles } from '../access/roles.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { apiKeySchema, apiKeyView } from '../views/account-view.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const scope = z.string().regex(/^[a-z]+:(read|write)$/, 'a subject and read or write, such as training:write');

/** @throws {HttpProblem} 403 when a key that is for some things only would hand on more than it has itself */
function checkHandedOn({ name, scopes: own }: Caller, scopes: readonly string[] | null): void {
  const more = own === null ? [] : (scopes ?? ['everything']).filter((one) => !own.includes(one));
  if (more.length === 0) return;
  const message = `${name} cannot make a key for ${more.join(', ')}: it is not for that itself`;
  throw new HttpProblem({ status: 403, code: 'FORBIDDEN', message });
}

/** Keys for programs. */
export function apiKeyRoutes({ pool, audit, keys, now }: ControlDeps & { keys: ApiKeyStore }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/auth/keys',
      tag: 'keys',
      summary: 'Keys of services',
      access: 'admin',
      query: listQuery({ role: z.enum(roles).optional() }),
      answer: pageOf(apiKeySchema),
      handle: async ({ query }) => pageView(await listPage(pool, apiKeyList, toListQuery(query)), apiKeyView),
    }),
    route({
      method: 'post',
      path: '/api/auth/keys',
      tag: 'keys',
      summary: 'Make a key for a service; it is told once, here',
      access: 'admin',
      status: 201,
      body: z.strictObject({
        name: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits and . _ -'),
        role: z.enum(roles),
        scopes: z.array(scope).min(1).max(50).nullable().default(null).describe('Null: everything its role may do'),
        requests_per_minute: z.int().min(1).max(1_000_000).nullable().default(null),
        expires_at: z.iso.datetime({ offset: true }).nullable().default(null),
      }),
      answer: apiKeySchema.extend({ key: z.string() }).meta({ id: 'NewApiKey' }),
      async handle(context) {
        const { name, role, scopes, requests_per_minute: requestsPerMinute, expires_at } = context.body;
        checkHandedOn(context.caller, scopes);
        const expiresAt = expires_at === null ? null : new Date(expires_at);
        if (expiresAt && expiresAt <= now()) throw new InvalidInputError('expires_at has passed already');
        const createdBy = context.caller.name;
        const { key, record } = await keys.create({ name, role, scopes, requestsPerMinute, expiresAt, createdBy });
        const view = apiKeyView(record);
        await auditRequest(audit, context, { project: null, action: 'key.create', subject: record.id, after: view });
        return { ...view, key };
      },
    }),
    route({
      method: 'delete',
      path: '/api/auth/keys/:id',
      tag: 'keys',
      summary: 'Revoke a key; it works nowhere from now on',
      access: 'admin',
      params: z.strictObject({ id: z.string().regex(/^[0-9a-f]{12}$/, 'the id of a key') }),
      answer: apiKeySchema,
      problems: [404],
      async handle(context) {
        const view = apiKeyView(await keys.revoke(context.params.id));
        await auditRequest(audit, context, { project: null, action: 'key.revoke', subject: view.id, after: view });
        return view;
      },
    }),
  ];
}
