import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RouterSettings } from '../router-settings.js';

const POLL_MS = 20;
/**
 * After a reload the workers before still accept for about 100 ms (nginx waits that long before it tells them to go),
 * so one answer from a new worker is no proof yet: only new answers may be seen for this long.
 */
const UNBROKEN_MS = 250;

/** The revision a new connection is answered with, or null when there is no answer. */
function liveRevision({ host, port, tls }: RouterSettings): Promise<string | null> {
  const wildcard = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const options = { host: wildcard, port, path: '/router/state', agent: false as const, timeout: 1_000 };
  return new Promise((resolve) => {
    const answered = (response: http.IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        try {
          resolve((JSON.parse(text) as { revision: string }).revision);
        } catch {
          resolve(null);
        }
      });
    };
    // the certificate names the public host, not loopback; this asks our own child which configuration it runs
    const request = tls ? https.get({ ...options, rejectUnauthorized: false }, answered) : http.get(options, answered);
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
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
