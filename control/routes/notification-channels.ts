import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import {
  type ChannelSettings,
  channelList,
  createNotificationChannels,
} from '../../adapters/postgres/notification-channels.js';
import { InvalidInputError } from '../../core/errors.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { projectName, rowId } from '../views/fields.js';
import { channelFields, channelKind, channelSchema, channelView } from '../views/notification-view.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const byId = z.strictObject({ id: rowId });
const mailAddresses = z.array(z.email()).min(1).max(50);

/** Who is told of promotions, roll-backs, drift and the rest, besides the receivers of the environment. */
export function notificationChannelRoutes({ pool, project, audit, webhook }: ControlDeps): Route[] {
  const channels = createNotificationChannels(pool);

  /** @throws {InvalidInputError} when a channel of this kind cannot work */
  async function checked(channel: ChannelSettings): Promise<ChannelSettings> {
    if (channel.kind === 'email') {
      const addresses = channel.target.split(',').map((address) => address.trim());
      const { success } = mailAddresses.safeParse(addresses);
      if (!success) throw new InvalidInputError('target of a mail channel: 1 to 50 mail addresses by commas');
      return { ...channel, target: addresses.join(','), secret: null };
    }
    await webhook.check(channel.target);
    if (channel.kind === 'slack') return { ...channel, secret: null };
    if (channel.secret === null)
      throw new InvalidInputError('a webhook channel needs a secret, which signs what it gets');
    return channel;
  }

  return [
    route({
      method: 'get',
      path: '/api/monitoring/channels',
      tag: 'monitoring',
      summary: 'Channels on which people hear of the loop',
      access: 'viewer',
      query: listQuery({ project: projectName, kind: channelKind.optional() }),
      answer: pageOf(channelSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, channelList, toListQuery(query)), channelView);
      },
    }),
    route({
      method: 'post',
      path: '/api/monitoring/channels',
      tag: 'monitoring',
      summary: 'Add a channel: Slack, mail or a signed webhook',
      access: 'operator',
      status: 201,
      idempotent: true,
      body: z.strictObject({
        project: projectName,
        kind: channelKind,
        ...channelFields,
        events: channelFields.events.default([]),
        enabled: channelFields.enabled.default(true),
      }),
      answer: channelSchema,
      problems: [409],
      async handle(context) {
        const { project: name, secret = null, ...settings } = context.body;
        project(name);
        const channel = await channels.create(name, await checked({ ...settings, secret }));
        const after = channelView(channel);
        await auditRequest(audit, context, { project: name, action: 'channel.create', subject: channel.name, after });
        return after;
      },
    }),
    route({
      method: 'get',
      path: '/api/monitoring/channels/:id',
      tag: 'monitoring',
      summary: 'One channel',
      access: 'viewer',
      params: byId,
      answer: channelSchema,
      problems: [404],
      handle: async ({ params }) => channelView(await channels.get(params.id)),
    }),
    route({
      method: 'patch',
      path: '/api/monitoring/channels/:id',
      tag: 'monitoring',
      summary: 'Change a channel',
      access: 'operator',
      params: byId,
      body: z.strictObject(channelFields).partial(),
      answer: channelSchema,
      problems: [404, 409],
      current: async ({ params }) => channelView(await channels.get(params.id)),
      async handle(context) {
        const before = await channels.get(context.params.id);
        const { secret = before.secret, ...changes } = context.body;
        const channel = await channels.change(before.id, await checked({ ...before, ...changes, secret }));
        const after = channelView(channel);
        const change = { project: channel.project, action: 'channel.change', subject: channel.name };
        await auditRequest(audit, context, { ...change, before: channelView(before), after });
        return after;
      },
    }),
    route({
      method: 'delete',
      path: '/api/monitoring/channels/:id',
      tag: 'monitoring',
      summary: 'Remove a channel',
      access: 'operator',
      params: byId,
      problems: [404],
      current: async ({ params }) => channelView(await channels.get(params.id)),
      async handle(context) {
        const channel = await channels.remove(context.params.id);
        const change = { project: channel.project, action: 'channel.remove', subject: channel.name };
        await auditRequest(audit, context, { ...change, before: channelView(channel) });
        return undefined;
      },
    }),
  ];
}
