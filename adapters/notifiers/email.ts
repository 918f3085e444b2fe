import { InvalidInputError, UnavailableError } from '../../core/errors.js';
import type { Notifier } from './notifier.js';

/** What is needed of a nodemailer transport (`nodemailer.createTransport(…)`). */
export interface MailTransport {
  sendMail(mail: {
    from: string;
    to: string[];
    subject: string;
    text: string;
    messageId: string;
    headers: Record<string, string>;
  }): Promise<unknown>;
}

export interface EmailOptions {
  readonly transport: MailTransport;
  readonly from: string;
  readonly to: readonly string[];
}

/** Sends plain text mail. The message id follows from the notification's, so mail programs show a repeated one once. */
export function createEmailNotifier({ transport, from, to }: EmailOptions): Notifier {
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    channel: 'email',
    async send({ id, kind, project, title, text, link, fields = {} }) {
      const figures = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
      try {
        await transport.sendMail({
          from,
          to: [...to],
          subject: `[${project}] ${title}`.replaceAll(/\s+/g, ' '),
          text: [text, ...(figures.length ? ['', ...figures] : []), ...(link ? ['', link] : []), ''].join('\n'),
          messageId: `<${id.replaceAll(/[^\w.-]/g, '-')}@${domain}>`,
          headers: { 'X-Incumbent-Kind': kind, 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        // 5xx is the mail server's final no; 4xx and everything else may pass
        const code = (error as { responseCode?: number }).responseCode ?? 0;
        if (code >= 500)
          throw new InvalidInputError(`the mail server refuses the notification (${code})`, [], { cause: error });
        throw new UnavailableError('the mail server did not take the notification', { cause: error });
      }
    },
  };
}
