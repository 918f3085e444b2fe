import { InvalidInputError } from '../../core/errors.js';
import type { LoopEventKind } from '../../core/notifications/loop-event.js';
import type { NotificationSettings } from './receivers.js';

/** The variables of the environment that name receivers. */
export interface NotificationVariables {
  readonly NOTIFY_SLACK_URL?: string | undefined;
  readonly NOTIFY_WEBHOOK_URL?: string | undefined;
  readonly NOTIFY_WEBHOOK_SECRET?: string | undefined;
  readonly NOTIFY_EMAIL_TO?: readonly string[] | undefined;
  readonly NOTIFY_EMAIL_FROM: string;
  readonly SMTP_URL?: string | undefined;
  readonly NOTIFY_EVENTS?: readonly LoopEventKind[] | undefined;
  readonly NOTIFY_LINK_URL?: string | undefined;
}

/** @throws {InvalidInputError} when a receiver is named without what it needs: better at the start than at the first message */
export function notificationSettings(variables: NotificationVariables): NotificationSettings {
  if (variables.NOTIFY_WEBHOOK_URL && !variables.NOTIFY_WEBHOOK_SECRET) {
    throw new InvalidInputError('NOTIFY_WEBHOOK_URL needs NOTIFY_WEBHOOK_SECRET, which signs what it gets');
  }
  if (variables.NOTIFY_EMAIL_TO && !variables.SMTP_URL) {
    throw new InvalidInputError('NOTIFY_EMAIL_TO needs SMTP_URL, the mail server');
  }
  return {
    slackUrl: variables.NOTIFY_SLACK_URL,
    webhookUrl: variables.NOTIFY_WEBHOOK_URL,
    webhookSecret: variables.NOTIFY_WEBHOOK_SECRET,
    emailTo: variables.NOTIFY_EMAIL_TO,
    emailFrom: variables.NOTIFY_EMAIL_FROM,
    smtpUrl: variables.SMTP_URL,
    events: variables.NOTIFY_EVENTS,
    link: variables.NOTIFY_LINK_URL,
  };
}
