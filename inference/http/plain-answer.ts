import { type OutgoingHttpHeader, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

let second = 0;
let date = '';

/** The Date header, made once a second. */
function dateNow(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) {
    second = now;
    date = new Date(now * 1000).toUTCString();
  }
  return date;
}

/** The answer to a plain POST, as a ServerResponse as far as endpoints of predictions use one. It leaves in one write. */
export class PlainAnswer {
  statusCode = 200;
  headersSent = false;
  /** Whether the connection was lost before the answer. */
  destroyed = false;
  readonly #socket: Socket;
  readonly #keepAliveSeconds: number;
  readonly #onEnd: (close: boolean) => void;
  #fields = '';
  #close = false;

  /** @param onEnd told once the answer is on its way, and whether the connection ends with it */
  constructor(socket: Socket, keepAliveSeconds: number, onEnd: (close: boolean) => void) {
    this.#socket = socket;
    this.#keepAliveSeconds = keepAliveSeconds;
    this.#onEnd = onEnd;
  }

  setHeader(name: string, value: OutgoingHttpHeader): void {
    if (name === 'Connection') this.#close = value === 'close';
    else this.#fields += `${name}: ${String(value)}\r\n`;
  }

  /** @param headers by name, or name and value in turn */
  writeHead(status: number, headers: Readonly<Record<string, OutgoingHttpHeader>> | readonly string[]): void {
    this.statusCode = status;
    this.headersSent = true;
    const list = Array.isArray(headers) ? (headers as readonly string[]) : Object.entries(headers).flat();
    for (let i = 0; i < list.length; i += 2) this.setHeader(String(list[i]), list[i + 1]!);
  }

  end(body: string): void {
    const { statusCode } = this;
    const kept = this.#close ? 'close' : `keep-alive\r\nKeep-Alive: timeout=${this.#keepAliveSeconds}`;
    const status = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`;
    if (!this.destroyed) {
      this.#socket.write(`${status}\r\n${this.#fields}Date: ${dateNow()}\r\nConnection: ${kept}\r\n\r\n${body}`);
    }
    this.#onEnd(this.#close);
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
