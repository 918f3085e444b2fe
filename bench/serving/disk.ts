import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What a commit waits for at the least: writing 16 KiB to this disk for good, milliseconds. */
export function measureDisk(folder: string): { readonly p50Ms: number; readonly p99Ms: number } {
  const path = join(folder, 'disk.bin');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(16_384, 1);
  const times = Array.from({ length: 1_000 }, (_, i) => {
    const started = performance.now();
    writeSync(file, block, 0, block.length, (i % 64) * block.length);
    fdatasyncSync(file);
    return performance.now() - started;
  }).sort((a, b) => a - b);
  closeSync(file);
  rmSync(path);
  const round = (ms: number) => Math.round(ms * 100) / 100;
  return { p50Ms: round(times[500]!), p99Ms: round(times[990]!) };
}
