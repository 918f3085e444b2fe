import { createServer, type RequestListener, type Server } from 'node:http';
import type { LaneConnections } from './short-lane.js';

/** A server with bounds on all that a slow or broken client could make it wait for. */
export function createHttpServer(listener: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      // bodies have their own bound (readBody); a batch may take longer
      requestTimeout: 0,
      // above the 60 s after which nginx closes its idle connections, so that the server is never the first
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
      noDelay: true,
    },
    listener,
  );
  server.maxHeadersCount = 100;
  server.timeout = 60_000; // a connection on which nothing moves
  return server;
}

/** @throws {Error} naming the port when somebody else has it */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const known =
        error.code === 'EADDRINUSE' ? 'is in use: stop the other process or choose another PORT' : error.message;
      reject(new Error(`port ${port} on ${host}: ${known}`, { cause: error }));
    });
    server.listen({ host, port, backlog: 2048 }, resolve);
  });
}

/**
 * Ends when every request has been answered, or after `withinMs`, when what is left is cut.
 *
 * @param lane the connections that the server does not know
 */
export async function stopHttpServer(server: Server, withinMs: number, lane?: LaneConnections): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const idle = setInterval(() => {
    server.closeIdleConnections();
    lane?.endIdle();
  }, 20);
  const cut = setTimeout(() => {
    server.closeAllConnections();
    lane?.cut();
  }, withinMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
