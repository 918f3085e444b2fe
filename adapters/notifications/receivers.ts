import nodemailer from 'nodemailer';
import { InvalidInputError } from '../../core/errors.js';
import type { LoopEventKind } from '../../core/notifications/loop-event.js';
import { createEmailNotifier } from '../notifiers/email.js';
import type { Notifier } from '../notifiers/notifier.js';
import { type SendPost, sendByFetch } from '../notifiers/post.js';
import { createSlackNotifier } from '../notifiers/slack.js';
import { createWebhookNotifier } from '../notifiers/webhook.js';
import type { ChannelSettings } from '../postgres/notification-channels.js';

/** What the environment says about messages to people. */
export interface NotificationSettings {
  readonly slackUrl?: string | undefined;
  readonly webhookUrl?: string | undefined;
  readonly webhookSecret?: string | undefined;
  /** Mail addresses. */
  readonly emailTo?: readonly string[] | undefined;
  readonly emailFrom: string;
  /** smtp:// or smtps:// address of the mail server; without it there is no mail. */
  readonly smtpUrl?: string | undefined;
  /** Kinds that the receivers of the environment hear of; default: all. */
  readonly events?: readonly LoopEventKind[] | undefined;
  /** Address of the operations page, for the link in a message. */
  readonly link?: string | undefined;
}

/** Milliseconds for each of connecting, greeting and silence: below the time of one attempt. */
const MAIL_TIMEOUT_MS = 8_000;

/**
 * The receivers of the environment, as channels. They were named by who runs the service, so their addresses may be private.
 */
export function channelsOfEnvironment(settings: NotificationSettings): ChannelSettings[] {
  const { slackUrl, webhookUrl, webhookSecret = null, emailTo, events = [] } = settings;
  const common = { events, enabled: true };
  return [
    ...(slackUrl
      ? [{ ...common, name: 'environment/slack', kind: 'slack' as const, target: slackUrl, secret: null }]
      : []),
    ...(emailTo?.length
      ? [{ ...common, name: 'environment/email', kind: 'email' as const, target: emailTo.join(','), secret: null }]
      : []),
    ...(webhookUrl
      ? [
          {
            ...common,
            name: 'environment/webhook',
            kind: 'webhook' as const,
            target: webhookUrl,
            secret: webhookSecret,
          },
        ]
      : []),
  ];
}

/**
 * What sends to a channel.
 * @param send how HTTP is sent: guarded where users gave the address
 * @throws {InvalidInputError} for mail where no mail server is set
 */
export function notifierOf(
  { kind, target, secret }: Pick<ChannelSettings, 'kind' | 'target' | 'secret'>,
  { smtpUrl, emailFrom }: Pick<NotificationSettings, 'smtpUrl' | 'emailFrom'>,
  send: SendPost = sendByFetch,
): Notifier {
  switch (kind) {
    case 'slack':
      return createSlackNotifier({ url: target, send });
    case 'webhook':
      return createWebhookNotifier({ url: target, secret: secret ?? '', send });
    case 'email': {
      if (!smtpUrl) throw new InvalidInputError('mail needs a mail server: set SMTP_URL');
      const transport = nodemailer.createTransport({
        url: smtpUrl,
        connectionTimeout: MAIL_TIMEOUT_MS,
        greetingTimeout: MAIL_TIMEOUT_MS,
        socketTimeout: MAIL_TIMEOUT_MS,
      });
      return createEmailNotifier({ transport, from: emailFrom, to: target.split(',') });
    }
  }
}
