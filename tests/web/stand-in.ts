import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly delayMs?: number;
  /** Sent as an event stream that stays open, as the service keeps its streams. */
  readonly events?: string;
}

/** Answers by "METHOD /path" (without the query). */
export type Answers = Record<string, Answer | ((seen: Seen) => Answer)>;

export interface StandIn {
  readonly origin: string;
  readonly port: number;
  readonly seen: Seen[];
  readonly answers: Answers;
  /** Breaks the event streams that are open, as a restart does. */
  dropStreams(): void;
  close(): Promise<void>;
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A server that says what a test wants to hear, for states a healthy stack does not get into. */
export async function startStandIn(answers: Answers): Promise<StandIn> {
  const seen: Seen[] = [];
  const streams = new Set<ServerResponse>();
  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const request = { method, url, headers, body: await readJson(incoming) };
    seen.push(request);
    const entry = answers[`${method} ${url.split('?')[0]}`];
    const answer = (typeof entry === 'function' ? entry(request) : entry) ?? {
      status: 404,
      body: { title: 'Not found', status: 404, detail: `${method} ${url} is not here.` },
    };
    if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
    if (answer.events !== undefined) {
      outgoing.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      outgoing.write(answer.events);
      streams.add(outgoing);
      return;
    }
    const status = answer.status ?? 200;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    outgoing.writeHead(status, { 'Content-Type': type, ...answer.headers });
    outgoing.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  }
  const server: Server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    seen,
    answers,
    dropStreams() {
      for (const stream of streams) stream.destroy();
      streams.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
