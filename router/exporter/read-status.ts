import http from 'node:http';
import https from 'node:https';

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
export function readStatus(host: string, port: number, tls: boolean): Promise<RouterStatus | null> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const options = { host: reachable, port, path: '/router/status', agent: false as const, timeout: 1_000 };
  return new Promise((resolve) => {
    const answered = (response: http.IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(parseStatus(text)));
    };
    // the certificate names the public host, not loopback
    const request = tls ? https.get({ ...options, rejectUnauthorized: false }, answered) : http.get(options, answered);
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
}
