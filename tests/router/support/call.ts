import http from 'node:http';
import https from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  json<T = Record<string, unknown>>(): T;
}

export interface Call {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  readonly agent?: http.Agent;
  readonly tls?: boolean;
}

/** One request to a router of this machine; a body makes it a POST to the price endpoint unless said otherwise. */
export function call(port: number, options: Call = {}): Promise<Answer> {
  const { body = '{}', method = 'POST', path = '/api/predict_home_price', headers = {}, agent, tls } = options;
  return new Promise((resolve, reject) => {
    const request = (tls ? https : http).request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { 'content-type': 'application/json', ...headers },
        agent: agent ?? false,
        ...(tls ? { rejectUnauthorized: false } : {}),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const whole = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: whole,
            json: () => JSON.parse(whole.toString('utf8')),
          });
        });
      },
    );
    request.on('error', reject);
    // as bytes: node:http would write headers and a string body together as UTF-8
    request.end(method === 'GET' || method === 'HEAD' ? undefined : Buffer.from(body));
  });
}

export interface Echo {
  readonly by: string;
  readonly path: string;
  readonly headers: Record<string, string | undefined>;
}
