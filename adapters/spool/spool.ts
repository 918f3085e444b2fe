import { type FileHandle, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { UnavailableError } from '../../core/errors.js';
import { encodeLine, readSegment, syncFolder } from './segment.js';

export interface SpoolOptions {
  /** Belongs to one service instance; its processes tell their segments apart by `worker`. */
  readonly folder: string;
  /** This process, 0 … workers − 1. Process 0 also takes the segments of processes that are no more. */
  readonly worker: number;
  readonly workers: number;
  readonly maxBytes: number;
  readonly logger: Logger;
}

interface Segment {
  readonly name: string;
  rows: number;
  bytes: number;
}

const SEGMENT_BYTES = 8 * 1024 * 1024;
const segmentName = /^(\d+)-\d+-\d+\.ndjson$/;

/** Append-only files of JSON lines: an entry is on disk (fsync) when `append` resolves, and there until it was replayed. */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #closed: Segment[] = [];
  #current: (Segment & { handle: FileHandle }) | undefined;
  #sequence = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: SpoolOptions) {
    this.#options = options;
  }

  /** Finds what an earlier process left behind. */
  async open(): Promise<void> {
    const { folder, worker, workers, logger } = this.#options;
    await mkdir(folder, { recursive: true });
    for (const name of (await readdir(folder)).sort()) {
      const owner = Number(segmentName.exec(name)?.[1] ?? Number.NaN);
      if (owner !== worker && !(worker === 0 && owner >= workers)) continue;
      const { entries } = await readSegment(join(folder, name));
      const bytes = entries.reduce((sum, entry) => sum + entry.length + 10, 0);
      this.#closed.push({ name, rows: entries.length, bytes });
    }
    if (this.rows > 0) logger.warn({ rows: this.rows, folder }, 'spooled predictions of an earlier run found');
  }

  get rows(): number {
    return this.#closed.reduce((sum, segment) => sum + segment.rows, this.#current?.rows ?? 0);
  }

  get bytes(): number {
    return this.#closed.reduce((sum, segment) => sum + segment.bytes, this.#current?.bytes ?? 0);
  }

  /**
   * Writes entries and waits until they are on disk.
   * @throws {UnavailableError} when the spool is full or the disk refuses: none of the entries counts as written
   */
  append(entries: readonly string[]): Promise<void> {
    const done = this.#writing.then(() => this.#append(entries));
    this.#writing = done.catch(() => {});
    return done;
  }

  async #append(entries: readonly string[]): Promise<void> {
    const text = entries.map(encodeLine).join('');
    const bytes = Buffer.byteLength(text);
    if (this.bytes + bytes > this.#options.maxBytes) {
      throw new UnavailableError(`the spool is full (${this.bytes} of ${this.#options.maxBytes} bytes)`);
    }
    try {
      const current = await this.#segment();
      await current.handle.appendFile(text);
      await current.handle.datasync();
      current.rows += entries.length;
      current.bytes += bytes;
    } catch (error) {
      await this.#rotate(); // what follows must not be glued to a torn line
      throw new UnavailableError('the spool cannot be written', { cause: error });
    }
  }

  async #segment(): Promise<Segment & { handle: FileHandle }> {
    if (this.#current && this.#current.bytes > SEGMENT_BYTES) await this.#rotate();
    if (!this.#current) {
      const { folder, worker } = this.#options;
      const name = `${worker}-${Date.now()}-${String(this.#sequence++).padStart(6, '0')}.ndjson`;
      this.#current = { name, rows: 0, bytes: 0, handle: await open(join(folder, name), 'ax') };
      await syncFolder(folder);
    }
    return this.#current;
  }

  async #rotate(): Promise<void> {
    const current = this.#current;
    if (!current) return;
    this.#current = undefined;
    this.#closed.push({ name: current.name, rows: current.rows, bytes: current.bytes });
    await current.handle.close().catch(() => {});
  }

  /**
   * Hands every entry to `write`, oldest first, and deletes each segment whose entries were all written. `write` must
   * do nothing for entries it has seen: a segment interrupted half-way is handed over again.
   *
   * @param write returns how many entries it had to refuse for good; their segment is set aside for a look, not deleted
   * @throws whatever `write` throws; what was not written stays
   */
  async replay(write: (entries: readonly string[]) => Promise<number>, batch = 500): Promise<void> {
    this.#writing = this.#writing.then(() => this.#rotate());
    await this.#writing;
    while (this.#closed.length > 0) {
      const segment = this.#closed[0]!;
      const path = join(this.#options.folder, segment.name);
      const { entries, corrupt } = await readSegment(path);
      let refused = corrupt;
      for (let start = 0; start < entries.length; start += batch) {
        refused += await write(entries.slice(start, start + batch));
      }
      if (refused > 0) {
        await rename(path, `${path}.refused`);
        this.#options.logger.error({ refused, file: `${path}.refused` }, 'spooled entries could not be replayed');
      } else {
        await unlink(path);
      }
      await syncFolder(this.#options.folder);
      this.#closed.shift();
    }
  }

  /** Waits for running writes and closes the current segment; what it holds stays for the next start. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#rotate();
  }
}
