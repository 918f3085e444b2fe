import http from 'node:http';
import type { Readable } from 'node:stream';
import type { Peer } from './upstream-pool.js';

export interface ForwardRequest {
  readonly method: string;
  /** Path and query as the client sent them. */
  readonly target: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer | Readable;
  readonly agent: http.Agent;
  readonly connectTimeoutMs: number;
  /** Longest silence of the instance. */
  readonly timeoutMs: number;
  /** Ends the exchange when the client has gone. */
  readonly signal: AbortSignal;
}

export type Outcome =
  | { readonly kind: 'answer'; readonly response: http.IncomingMessage }
  | {
      readonly kind: 'failure';
      readonly timedOut: boolean;
      /** The instance may have seen the request. */
      readonly sent: boolean;
      /** The connection had served before: the instance may just have closed it. */
      readonly reused: boolean;
      readonly message: string;
    };

/** One try at one instance. Never throws: what went wrong decides what may be done next. */
export function forward(peer: Peer, options: ForwardRequest): Promise<Outcome> {
  const { method, target, headers, body, agent, connectTimeoutMs, timeoutMs, signal } = options;
  return new Promise((resolve) => {
    let sent = false;
    let timedOut = false;
    const request = http.request({
      host: peer.host,
      port: peer.port,
      method,
      path: target,
      headers,
      agent,
      setHost: false,
      signal,
    });
    const giveUp = () => {
      timedOut = true;
      request.destroy(new Error('timed out'));
    };
    const connecting = setTimeout(giveUp, connectTimeoutMs);
    const connected = () => {
      clearTimeout(connecting);
      sent = true;
    };
    request.setTimeout(timeoutMs, giveUp);
    request.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', connected);
      else connected();
    });
    request.once('response', (response) => resolve({ kind: 'answer', response }));
    // kept on for the whole exchange: an error after the answer began ends the answer, not the process
    request.on('error', ({ message }) => {
      clearTimeout(connecting);
      resolve({ kind: 'failure', timedOut, sent, reused: request.reusedSocket, message });
    });
    if (Buffer.isBuffer(body)) {
      request.end(body);
    } else {
      body.on('error', (error) => request.destroy(error));
      body.pipe(request);
    }
  });
}
