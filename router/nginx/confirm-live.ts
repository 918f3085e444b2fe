import { setTimeout as sleep } from 'node:timers/promises';
import { askOwnPage } from '../ask-own-page.js';
import type { RouterSettings } from '../router-settings.js';

const POLL_MS = 20;
/**
 * After a reload the workers before still accept for about 100 ms (nginx waits that long before it tells them to go),
 * so one answer from a new worker is no proof yet: only new answers may be seen for this long.
 */
const UNBROKEN_MS = 250;

/** The revision a new connection is answered with, or null when there is no answer. */
async function liveRevision({ host, port, tls }: RouterSettings): Promise<string | null> {
  const text = await askOwnPage({ host, port, tls: tls !== undefined }, '/router/state');
  try {
    return text && (JSON.parse(text) as { revision: string }).revision;
  } catch {
    return null; // another program's answer
  }
}

/**
 * Waits until every new connection is served by this revision.
 *
 * @param isRunning polled too, so that a dead nginx is not waited for
 * @returns whether it happened within the time
 */
export async function confirmLive(
  settings: RouterSettings,
  revision: string,
  { timeoutMs, isRunning, replaces }: { timeoutMs: number; isRunning: () => boolean; replaces: boolean },
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  let since: number | null = null;
  while (performance.now() < deadline && isRunning()) {
    if ((await liveRevision(settings)) === revision) {
      since ??= performance.now();
      if (!replaces || performance.now() - since >= UNBROKEN_MS) return true;
    } else {
      since = null;
    }
    await sleep(POLL_MS);
  }
  return false;
}
