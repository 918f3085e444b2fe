import type { Notification } from '../../core/notifications/notification.js';

/** Messages to people: one delivery for each message and channel, each remembered. */
export interface NotificationSender {
  /**
   * @param onlyChannel id of the one channel to use; default: all that want it
   * @returns ids of the deliveries, one for each channel that wants the message; the same message always has the same
   */
  plan(notification: Notification, onlyChannel?: number): Promise<number[]>;
  /**
   * Sends it once; nothing when it was sent before.
   * @throws {UnavailableError} when a later attempt may help
   * @throws {InvalidInputError} when the receiver refuses it for good, or is no longer configured
   */
  deliver(deliveryId: number): Promise<void>;
  /** No further attempt will be made; a delivery that was sent stays sent. */
  giveUp(deliveryId: number, reason: string): Promise<void>;
}
