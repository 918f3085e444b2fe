import { z } from 'zod';
import {
  type ChannelSettings,
  channelKinds,
  type NotificationChannel,
} from '../../adapters/postgres/notification-channels.js';
import { deliveryStates, type NotificationDelivery } from '../../adapters/postgres/notification-deliveries.js';
import { loopEventKinds } from '../../core/notifications/loop-event.js';
import { instant, iso, isoOrNull } from './fields.js';

export const notificationKinds = [...loopEventKinds, 'test'] as const;

export const channelFields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^/]*$/, 'a name without slashes'),
  target: z.string().trim().min(3).max(2000).describe('Address of the webhook, or mail addresses by commas'),
  secret: z.string().min(16).max(500).optional().describe('Signs the messages of a webhook; it is not shown again'),
  events: z.array(z.enum(loopEventKinds)).max(loopEventKinds.length).describe('Kinds of events; none: all of them'),
  enabled: z.boolean(),
};
export const channelKind = z.enum(channelKinds);

export const channelSchema = z
  .object({
    id: z.int(),
    project: z.string(),
    name: z.string(),
    kind: channelKind,
    target: z.string().describe('Host only for webhooks: the rest may be a secret'),
    events: z.array(z.enum(loopEventKinds)),
    enabled: z.boolean(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'NotificationChannel' });

const shownTarget = ({ kind, target }: ChannelSettings) => (kind === 'email' ? target : new URL(target).origin);

export function channelView(channel: NotificationChannel): z.input<typeof channelSchema> {
  return {
    id: channel.id,
    project: channel.project,
    name: channel.name,
    kind: channel.kind,
    target: shownTarget(channel),
    events: [...channel.events],
    enabled: channel.enabled,
    created_at: iso(channel.createdAt),
    updated_at: iso(channel.updatedAt),
  };
}

export const deliverySchema = z
  .object({
    id: z.int(),
    event_id: z.string().describe('The same for every channel, and sent along: receivers drop what they have seen'),
    project: z.string(),
    kind: z.enum(notificationKinds),
    channel: z.string().describe('Name of the channel; environment/… for a receiver that the environment names'),
    channel_kind: channelKind,
    title: z.string(),
    text: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    last_error: z.string().nullable(),
    created_at: instant,
    sent_at: instant.nullable(),
  })
  .meta({ id: 'NotificationDelivery' });

export function deliveryView(delivery: NotificationDelivery): z.input<typeof deliverySchema> {
  return {
    id: delivery.id,
    event_id: delivery.eventId,
    project: delivery.project,
    kind: delivery.kind,
    channel: delivery.channel,
    channel_kind: delivery.channelKind,
    title: delivery.notification.title,
    text: delivery.notification.text,
    state: delivery.state,
    attempts: delivery.attempts,
    last_error: delivery.lastError,
    created_at: iso(delivery.createdAt),
    sent_at: isoOrNull(delivery.sentAt),
  };
}
