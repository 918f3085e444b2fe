import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import {
  createNotificationDeliveries,
  deliveryStates,
  notificationDeliveryList,
} from '../../adapters/postgres/notification-deliveries.js';
import { ConflictError } from '../../core/errors.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { projectName, rowId } from '../views/fields.js';
import { deliverySchema, deliveryView, notificationKinds } from '../views/notification-view.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

/** What was sent to people, and a message to try whether it arrives. */
export function notificationRoutes({ pool, project, audit, notifications, now }: ControlDeps): Route[] {
  const deliveries = createNotificationDeliveries(pool);
  return [
    route({
      method: 'get',
      path: '/api/monitoring/alerts/deliveries',
      tag: 'monitoring',
      summary: 'What was sent to whom, and what became of it',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        state: z.enum(deliveryStates).optional(),
        kind: z.enum(notificationKinds).optional(),
        channel: z.string().min(1).max(200).optional(),
      }),
      answer: pageOf(deliverySchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, notificationDeliveryList, toListQuery(query)), deliveryView);
      },
    }),
    route({
      method: 'post',
      path: '/api/monitoring/alerts/test',
      tag: 'monitoring',
      summary: 'Send a test message now',
      description:
        'To every channel of the project and every receiver of the environment, or to one channel; one attempt each.',
      access: 'operator',
      body: z.strictObject({ project: projectName, channel_id: rowId.optional() }),
      answer: z.object({ deliveries: z.array(deliverySchema) }),
      problems: [409],
      async handle(context) {
        const { project: name, channel_id: channelId } = context.body;
        project(name);
        const message = {
          id: `test-${context.requestId}`,
          kind: 'test',
          project: name,
          title: 'Test message',
          text: `${context.caller.name} tried whether messages of ${name} arrive here: they do.`,
          at: now().toISOString(),
        } as const;
        const planned = await notifications.plan(message, channelId);
        if (planned.length === 0) {
          const who =
            channelId === undefined ? `${name} has no channel` : `${name} has no enabled channel ${channelId}`;
          throw new ConflictError(`${who}: add one, or name a receiver in the environment (NOTIFY_…)`);
        }
        await Promise.all(
          planned.map((id) =>
            notifications.deliver(id).catch((error: Error) => notifications.giveUp(id, error.message)),
          ),
        );
        const sent = await Promise.all(planned.map((id) => deliveries.get(id)));
        await auditRequest(audit, context, {
          project: name,
          action: 'notification.test',
          subject: name,
          details: { channels: sent.map(({ channel, state }) => `${channel}: ${state}`) },
        });
        return { deliveries: sent.map(deliveryView) };
      },
    }),
  ];
}
