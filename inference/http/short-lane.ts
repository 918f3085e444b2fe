import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { PlainAnswer } from './plain-answer.js';
import { type PlainPost, readPlainPost } from './plain-post.js';

/** What answers whole requests, and the paths it knows. */
export interface ShortLane {
  readonly paths: ReadonlySet<string>;
  readonly answer: (request: PlainPost, answer: PlainAnswer) => void;
}

export interface LaneConnections {
  /** Ends those that wait for a request. */
  endIdle(): void;
  /** Ends all of them at once. */
  cut(): void;
}

/** A connection that has brought nothing but plain POSTs so far. */
class Connection {
  readonly #socket: Socket;
  readonly #server: Server;
  readonly #lane: ShortLane;
  readonly #leave: (piece: Buffer) => void;
  /** The answer under way. */
  #current: PlainAnswer | null = null;
  /** What came while an answer was under way. */
  #early: Buffer | null = null;
  #ended = false;

  /** @param leave told of the first piece that is something else, once everything before it is answered */
  constructor(socket: Socket, server: Server, lane: ShortLane, leave: (piece: Buffer) => void) {
    this.#socket = socket;
    this.#server = server;
    this.#lane = lane;
    this.#leave = leave;
    socket.setTimeout(server.keepAliveTimeout);
    socket.on('data', this.#take).on('end', this.#end).on('close', this.#close);
    socket.on('error', this.#drop).on('timeout', this.#drop);
  }

  get idle(): boolean {
    return this.#current === null;
  }

  readonly #take = (piece: Buffer): void => {
    if (this.#current) {
      this.#early = this.#early ? Buffer.concat([this.#early, piece]) : piece;
      this.#socket.pause();
      return;
    }
    const request = readPlainPost(piece, this.#lane.paths, this.#socket);
    if (request === null) {
      this.#letGo();
      this.#leave(piece);
      return;
    }
    this.#current = new PlainAnswer(this.#socket, Math.floor(this.#server.keepAliveTimeout / 1000), this.#answered);
    this.#lane.answer(request, this.#current);
  };

  readonly #answered = (close: boolean): void => {
    this.#current = null;
    const early = this.#early;
    if (close || (this.#ended && !early)) {
      this.#socket.end();
    } else if (early) {
      this.#early = null;
      this.#socket.resume();
      this.#take(early);
    }
  };

  readonly #end = (): void => {
    this.#ended = true;
    if (this.idle) this.#socket.end();
  };

  readonly #close = (): void => {
    if (this.#current) this.#current.destroyed = true;
  };

  readonly #drop = (): void => void this.#socket.destroy();

  #letGo(): void {
    this.#socket.off('data', this.#take).off('end', this.#end).off('close', this.#close);
    this.#socket.off('error', this.#drop).off('timeout', this.#drop);
    this.#socket.setTimeout(0);
  }
}

/**
 * Answers the plain POSTs of a server's connections without the cost of its HTTP parser and streams, which is more than that
 * of a prediction. The first piece of a connection that is anything else, such as a GET, a chunked body or half a request,
 * hands the connection over to the server for good: what HTTP is, is decided by one parser only.
 *
 * @returns what ends its connections: the server's own ways do not know them
 */
export function openShortLane(server: Server, lane: ShortLane): LaneConnections {
  const connections = new Map<Socket, Connection>();
  const [usual] = server.listeners('connection') as [(this: Server, socket: Socket) => void];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const leave = (piece: Buffer) => {
      connections.delete(socket);
      usual.call(server, socket);
      socket.emit('data', piece);
    };
    connections.set(socket, new Connection(socket, server, lane, leave));
    socket.once('close', () => connections.delete(socket));
  });
  return {
    endIdle() {
      for (const [socket, connection] of connections) if (connection.idle) socket.end();
    },
    cut() {
      for (const socket of connections.keys()) socket.destroy();
    },
  };
}
