import { proxyActivities, rootCause, upsertSearchAttributes } from '@temporalio/workflow';
import type { NotificationActivities } from '../activities/notifications.js';
import type { LoopEvent } from '../core/notifications/loop-event.js';
import { projectAttribute } from './search-attributes.js';

export interface SendNotificationInput {
  /** The same for every attempt to tell this event. */
  readonly id: string;
  /** ISO 8601, when it happened. */
  readonly at: string;
  readonly event: LoopEvent;
}

export interface SendNotificationResult {
  readonly sent: number;
  readonly failed: number;
}

const { planDeliveries, giveUpDelivery } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '1 day',
});

/** A receiver that is away for a night still gets the message; one that refuses it is not asked again. */
const { sendDelivery } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Sends one event to every channel that wants it, each with its own retries. */
export async function sendNotification({ id, at, event }: SendNotificationInput): Promise<SendNotificationResult> {
  upsertSearchAttributes([{ key: projectAttribute, value: event.project }]);
  const deliveries = await planDeliveries(id, at, event);
  const sent = await Promise.all(
    deliveries.map(async (delivery) => {
      try {
        await sendDelivery(delivery);
        return true;
      } catch (error) {
        await giveUpDelivery(delivery, rootCause(error) ?? String(error));
        return false;
      }
    }),
  );
  return { sent: sent.filter(Boolean).length, failed: sent.filter((each) => !each).length };
}
