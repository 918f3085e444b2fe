import { open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** One line of a segment: checksum, blank, JSON text, newline. */
export function encodeLine(json: string): string {
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

export interface SegmentContent {
  readonly entries: string[];
  /** Whole lines whose checksum does not fit. A torn last line is none: its write was never confirmed. */
  readonly corrupt: number;
}

/** The JSON texts of a segment, in the order they were written. */
export async function readSegment(path: string): Promise<SegmentContent> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  lines.pop(); // after the last newline: nothing, or a torn line
  const entries: string[] = [];
  let corrupt = 0;
  for (const line of lines) {
    const json = line.slice(9);
    if (encodeLine(json) === `${line}\n`) entries.push(json);
    else corrupt++;
  }
  return { entries, corrupt };
}

/** Makes the creation or removal of files in a folder survive a crash of the machine. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
