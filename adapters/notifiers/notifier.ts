import type { Notification } from '../../core/notifications/notification.js';

export interface Notifier {
  /** Such as `slack`. */
  readonly channel: string;
  /**
   * Sends it once.
   * @throws {UnavailableError} when a later attempt may help
   * @throws {InvalidInputError} when the receiver refuses it for good: address, credentials or content
   */
  send(notification: Notification): Promise<void>;
}
