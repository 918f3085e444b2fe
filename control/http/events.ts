import type { Request, Response } from 'express';

/** A stream of Server-Sent Events. */
export interface Events {
  /** The caller went away. */
  closed(): boolean;
  send(event: string, data: unknown, id?: number): void;
  /** Waits, and says something that is no event now and then, so that proxies keep the connection. */
  pause(ms: number): Promise<void>;
  close(): void;
}

const KEEP_ALIVE_MS = 15_000;

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function openEvents(request: Request, response: Response): Events {
  let gone = false;
  let wake = () => {};
  request.on('close', () => {
    gone = true;
    wake();
  });
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  let spoken = Date.now();
  const write = (text: string) => {
    spoken = Date.now();
    if (!gone) response.write(text);
  };
  return {
    closed: () => gone,
    send: (event, data, id) =>
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    async pause(ms) {
      if (Date.now() - spoken > KEEP_ALIVE_MS) write(': still here\n\n');
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, ms);
      });
    },
    close: () => void response.end(),
  };
}
