import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A request body that can be sent more than once. */
export interface RepeatableBody {
  readonly bytes: number;
  open(): Buffer | Readable;
  dispose(): Promise<void>;
}

export interface BodyBounds {
  readonly limitBytes: number;
  /** Longest silence of the client. */
  readonly idleMs: number;
}

/** Why a body could not be had, as the status of the answer. */
export class BodyError extends Error {
  readonly status: 400 | 408 | 413;

  constructor(status: 400 | 408 | 413, message: string) {
    super(message);
    this.name = 'BodyError';
    this.status = status;
  }
}

/** Larger bodies are spooled to a file. */
const IN_MEMORY_BYTES = 1024 * 1024;

function inMemory(buffer: Buffer): RepeatableBody {
  return { bytes: buffer.length, open: () => buffer, dispose: async () => {} };
}

/** Chunks of the body; ends with an error when it grows over the limit or stands still. */
async function* limited(request: IncomingMessage, { limitBytes, idleMs }: BodyBounds): AsyncGenerator<Buffer> {
  let bytes = 0;
  let stalled = false;
  const timer = setTimeout(() => {
    stalled = true;
    request.destroy();
  }, idleMs);
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      timer.refresh();
      bytes += chunk.length;
      if (bytes > limitBytes) throw new BodyError(413, `more than ${limitBytes} bytes`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof BodyError) throw error;
    throw stalled ? new BodyError(408, `no byte for ${idleMs} ms`) : new BodyError(400, 'the client went away');
  } finally {
    clearTimeout(timer);
  }
}

async function spooled(head: readonly Buffer[], rest: AsyncGenerator<Buffer>): Promise<RepeatableBody> {
  const directory = await mkdtemp(join(tmpdir(), 'incumbent-body-'));
  const dispose = () => rm(directory, { recursive: true, force: true });
  const file = join(directory, 'body');
  let bytes = 0;
  async function* counted() {
    for (const chunk of head) yield chunk;
    yield* rest;
  }
  try {
    await pipeline(async function* () {
      for await (const chunk of counted()) {
        bytes += chunk.length;
        yield chunk;
      }
    }, createWriteStream(file));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { bytes, open: () => createReadStream(file), dispose };
}

/**
 * Reads a whole request body, so that it can be sent again to another instance.
 * @throws {BodyError} 413 when it is larger than the limit, 408 when it stands still, 400 when the client goes away
 */
export async function readBody(request: IncomingMessage, bounds: BodyBounds): Promise<RepeatableBody> {
  const { limitBytes } = bounds;
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limitBytes) throw new BodyError(413, `${declared} bytes announced, at most ${limitBytes} allowed`);
  if (declared === 0 && request.headers['transfer-encoding'] === undefined) return inMemory(Buffer.alloc(0));
  const chunks: Buffer[] = [];
  let bytes = 0;
  const source = limited(request, bounds);
  for (let next = await source.next(); !next.done; next = await source.next()) {
    chunks.push(next.value);
    bytes += next.value.length;
    if (bytes > IN_MEMORY_BYTES) return spooled(chunks, source);
  }
  return inMemory(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
}
