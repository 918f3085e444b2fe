import http from 'node:http';
import https from 'node:https';

export interface RouterAddress {
  /** What the router listens on. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** What a new connection to the router of this machine is answered at a path of its own; null without an answer. */
export function askOwnPage({ host, port, tls }: RouterAddress, path: string): Promise<string | null> {
  const options = { host: LOOPBACK[host] ?? host, port, path, agent: false as const, timeout: 1_000 };
  return new Promise((resolve) => {
    const answered = (response: http.IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    };
    // the certificate names the public host, not loopback; this asks our own router
    const request = tls ? https.get({ ...options, rejectUnauthorized: false }, answered) : http.get(options, answered);
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
}
