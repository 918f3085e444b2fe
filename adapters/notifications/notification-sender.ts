import type { Pool } from 'pg';
import type { NotificationSender } from '../../activities/ports.js';
import { InvalidInputError, NotFoundError } from '../../core/errors.js';
import type { Notification } from '../../core/notifications/notification.js';
import type { SendPost } from '../notifiers/post.js';
import { type ChannelSettings, createNotificationChannels } from '../postgres/notification-channels.js';
import { createNotificationDeliveries, type NotificationDelivery } from '../postgres/notification-deliveries.js';
import { channelsOfEnvironment, type NotificationSettings, notifierOf } from './receivers.js';

export interface NotificationSenderDeps {
  readonly pool: Pool;
  readonly settings: NotificationSettings;
  /** For addresses that users gave. */
  readonly guardedSend: SendPost;
}

/** A test goes to every channel: people try the one they just made. */
const wants = ({ events }: ChannelSettings, { kind }: Notification) =>
  kind === 'test' || events.length === 0 || events.includes(kind);

/** Messages to the receivers of the environment and to the channels of a project, each delivery kept in Postgres. */
export function createNotificationSender({ pool, settings, guardedSend }: NotificationSenderDeps): NotificationSender {
  const channels = createNotificationChannels(pool);
  const deliveries = createNotificationDeliveries(pool);
  const environment = channelsOfEnvironment(settings);

  async function notifierFor({ channelId, channel }: NotificationDelivery) {
    if (channelId !== null) return notifierOf(await channels.get(channelId), settings, guardedSend);
    const named = environment.find(({ name }) => name === channel);
    if (!named) throw new NotFoundError(`${channel} is not configured any more`);
    return notifierOf(named, settings);
  }

  return {
    async plan(notification, onlyChannel) {
      const rows = (await channels.enabled(notification.project)).filter(
        (row) => wants(row, notification) && (onlyChannel === undefined || row.id === onlyChannel),
      );
      const message = settings.link ? { link: settings.link, ...notification } : notification;
      return deliveries.plan(message, [
        ...environment
          .filter((each) => onlyChannel === undefined && wants(each, notification))
          .map(({ name, kind }) => ({ channelId: null, channel: name, channelKind: kind })),
        ...rows.map(({ id, name, kind }) => ({ channelId: id, channel: name, channelKind: kind })),
      ]);
    },

    async deliver(deliveryId) {
      const delivery = await deliveries.get(deliveryId);
      if (delivery.state === 'sent') return;
      try {
        const notifier = await notifierFor(delivery);
        await notifier.send(delivery.notification);
      } catch (error) {
        const final = error instanceof InvalidInputError || error instanceof NotFoundError;
        await deliveries.missed(deliveryId, (error as Error).message, final);
        throw error;
      }
      await deliveries.sent(deliveryId);
    },

    giveUp: (deliveryId, reason) => deliveries.giveUp(deliveryId, reason),
  };
}
