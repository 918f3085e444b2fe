import type { Notifier } from './notifier.js';
import { post, type SendPost, sendByFetch } from './post.js';
import { sign } from './signature.js';

export interface WebhookOptions {
  readonly url: string;
  /** Both sides know it; see `isSigned` for what the receiver does with it. */
  readonly secret: string;
  readonly send?: SendPost;
  readonly now?: () => Date;
  readonly timeoutMs?: number;
}

/** Posts the notification as JSON with a signature and the time of sending; X-Incumbent-Delivery is its id, for de-duplication. */
export function createWebhookNotifier(options: WebhookOptions): Notifier {
  const { url, secret, send = sendByFetch, now = () => new Date(), timeoutMs = 10_000 } = options;
  return {
    channel: 'webhook',
    async send(notification) {
      const body = JSON.stringify(notification);
      const timestamp = Math.floor(now().getTime() / 1000);
      const headers = {
        'x-incumbent-delivery': notification.id,
        'x-incumbent-timestamp': String(timestamp),
        'x-incumbent-signature': sign(secret, timestamp, body),
      };
      await post({ url, body, headers, timeoutMs }, send);
    },
  };
}
