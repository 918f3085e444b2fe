import type { Notifier } from './notifier.js';
import { post, type SendPost, sendByFetch } from './post.js';

export interface SlackOptions {
  /** Address of the incoming webhook: whoever knows it can post. */
  readonly url: string;
  readonly send?: SendPost;
  readonly timeoutMs?: number;
}

/** Slack reads `&`, `<` and `>` as markup. @see https://api.slack.com/reference/surfaces/formatting#escaping */
const escapeMarkup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Slack refuses longer texts in a section and more fields than this. */
const SECTION = 2_900;
const FIELDS = 10;

/** Posts to a Slack channel by an incoming webhook. */
export function createSlackNotifier({ url, send = sendByFetch, timeoutMs = 10_000 }: SlackOptions): Notifier {
  return {
    channel: 'slack',
    async send({ title, text, project, link, fields = {} }) {
      const section = (content: string) => ({
        type: 'section',
        text: { type: 'mrkdwn', text: content.slice(0, SECTION) },
      });
      const figures = Object.entries(fields).slice(0, FIELDS);
      const blocks = [
        section(`*${escapeMarkup(title)}* (${escapeMarkup(project)})\n${escapeMarkup(text)}`),
        ...(figures.length
          ? [
              {
                type: 'section',
                fields: figures.map(([name, value]) => ({
                  type: 'mrkdwn',
                  text: `*${escapeMarkup(name)}*\n${escapeMarkup(String(value))}`,
                })),
              },
            ]
          : []),
        ...(link ? [section(`<${encodeURI(link)}|Open>`)] : []),
      ];
      const body = JSON.stringify({ text: escapeMarkup(title), blocks });
      await post({ url, body, headers: {}, timeoutMs }, send);
    },
  };
}
