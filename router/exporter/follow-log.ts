import { type FileHandle, open, stat } from 'node:fs/promises';

const CHUNK_BYTES = 256 * 1024;

/** Reads what is appended to a log that may be moved away and begun anew. */
export interface FollowedLog {
  /** Calls back with every whole line that came since the last call. A log that is not there has none. */
  read(onLine: (line: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** Lines that are in the log already do not count: they belong to an earlier run. */
export async function followLog(path: string): Promise<FollowedLog> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let file: FileHandle | null = null;
  let position = 0;
  let rest = Buffer.alloc(0);

  async function openAnew(): Promise<void> {
    file = await open(path, 'r').catch(() => null);
    position = 0;
    rest = Buffer.alloc(0);
  }

  async function readToEnd(from: FileHandle, onLine: (line: string) => void): Promise<void> {
    for (;;) {
      const { bytesRead } = await from.read(buffer, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      // bytes, not text, are kept: a chunk may end within a character
      const chunk = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = chunk.lastIndexOf(0x0a) + 1;
      for (const line of chunk.toString('utf8', 0, end).split('\n')) if (line !== '') onLine(line);
      rest = chunk.subarray(end);
    }
  }

  async function wasMoved(held: FileHandle): Promise<boolean> {
    const [ours, theirs] = await Promise.all([held.stat(), stat(path).catch(() => null)]);
    return theirs === null || theirs.ino !== ours.ino || theirs.size < position;
  }

  await openAnew();
  // TypeScript cannot see that openAnew assigned it
  const first = file as FileHandle | null;
  if (first) position = (await first.stat()).size;

  return {
    async read(onLine) {
      if (file === null) await openAnew();
      if (file === null) return;
      await readToEnd(file, onLine);
      if (!(await wasMoved(file))) return;
      await file.close();
      await openAnew();
      if (file !== null) await readToEnd(file, onLine);
    },
    async close() {
      await file?.close();
      file = null;
    },
  };
}
