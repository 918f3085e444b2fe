import { askOwnPage, type RouterAddress } from '../ask-own-page.js';

export interface RouterStatus {
  readonly active: number;
  readonly waiting: number;
}

/** The text of nginx's `stub_status`; null for any other. */
export function parseStatus(text: string): RouterStatus | null {
  const active = /^Active connections: (\d+)/m.exec(text);
  const waiting = /Waiting: (\d+)/.exec(text);
  return active && waiting ? { active: Number(active[1]), waiting: Number(waiting[1]) } : null;
}

/** What the router on this machine says of its connections; null when it does not answer. */
export async function readStatus(router: RouterAddress): Promise<RouterStatus | null> {
  const text = await askOwnPage(router, '/router/status');
  return text === null ? null : parseStatus(text);
}
