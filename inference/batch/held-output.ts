import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

const IN_MEMORY = 1024 * 1024;

/**
 * An answer that is held back until it is complete: in memory while it is small, then in a temporary file. Clients
 * that send everything before they read anything would otherwise wait for a server that waits for them.
 */
export class HeldOutput {
  #parts: Buffer[] = [];
  #held = 0;
  #file: { path: string; handle: FileHandle } | undefined;
  bytes = 0;

  async write(text: string): Promise<void> {
    const part = Buffer.from(text);
    this.#parts.push(part);
    this.#held += part.length;
    this.bytes += part.length;
    if (this.#held < IN_MEMORY) return;
    if (!this.#file) {
      const path = join(tmpdir(), `incumbent-batch-${randomUUID()}`);
      this.#file = { path, handle: await open(path, 'wx+', 0o600) };
    }
    await this.#file.handle.writev(this.#parts);
    this.#parts = [];
    this.#held = 0;
  }

  /** All that was written, once. */
  async *read(): AsyncGenerator<Buffer> {
    if (this.#file) yield* createReadStream(this.#file.path) as AsyncIterable<Buffer>;
    yield* this.#parts;
  }

  stream(): Readable {
    return Readable.from(this.read(), { objectMode: false });
  }

  async discard(): Promise<void> {
    this.#parts = [];
    if (!this.#file) return;
    await this.#file.handle.close();
    await unlink(this.#file.path);
    this.#file = undefined;
  }
}
