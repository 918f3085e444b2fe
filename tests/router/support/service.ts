import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Behaviour = (received: Received, response: http.ServerResponse) => void | Promise<void>;

/** A small prediction service on a free port that remembers what it was sent. */
export interface Service {
  readonly name: string;
  readonly address: string;
  readonly received: Received[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

function answerAs(name: string): Behaviour {
  return ({ method, path, headers }, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-variant': name.replace(/\d+$/, ''),
      'x-model-version': `${name}-model`,
      'x-request-id': 'from-the-service',
    });
    response.end(JSON.stringify({ by: name, method, path, headers }));
  };
}

/** @param name `production`, `candidate`, or these with a number when there are several */
export async function startService(name: string, port = 0): Promise<Service> {
  const received: Received[] = [];
  let behaviour = answerAs(name);
  const server = http.createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const entry = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    received.push(entry);
    await behaviour(entry, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    name,
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave(next) {
      behaviour = next;
    },
    stop: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with this status and a JSON body of the service's own. */
export function answering(status: number): Behaviour {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ own: status }));
  };
}

/** An address nobody listens on. */
export async function closedAddress(): Promise<string> {
  const service = await startService('nobody');
  await service.stop();
  return service.address;
}
