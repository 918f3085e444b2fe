import type { LoopEvent } from '../core/notifications/loop-event.js';
import { notificationOf } from '../core/notifications/notification.js';
import { withDomainFailures } from './domain-failures.js';
import type { NotificationSender } from './ports.js';

export interface NotificationDeps {
  readonly notifications: NotificationSender;
}

/** Messages to people, one delivery for each channel. */
export function createNotificationActivities({ notifications }: NotificationDeps) {
  return withDomainFailures({
    /** @returns the deliveries of this event, one for each channel that wants it */
    async planDeliveries(id: string, at: string, event: LoopEvent): Promise<number[]> {
      return notifications.plan(notificationOf(event, id, at));
    },

    async sendDelivery(deliveryId: number): Promise<void> {
      await notifications.deliver(deliveryId);
    },

    async giveUpDelivery(deliveryId: number, reason: string): Promise<void> {
      await notifications.giveUp(deliveryId, reason);
    },
  });
}

export type NotificationActivities = ReturnType<typeof createNotificationActivities>;
