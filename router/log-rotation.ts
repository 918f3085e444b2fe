import { rename, stat } from 'node:fs/promises';
import type { RouterSettings } from './router-settings.js';

/** Moves the file to `.1` when it has grown to `maxBytes`; the one before is replaced. Says whether it did. */
async function rotateWhenLarge(path: string, maxBytes: number): Promise<boolean> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  if (size < maxBytes) return false;
  await rename(path, `${path}.1`);
  return true;
}

/**
 * Keeps the access log from filling the disk for as long as the router runs.
 *
 * @param reopen makes the writer let go of the moved file
 * @returns stops it
 */
export function keepRotated(
  { accessLogPath, accessLogMaxBytes, accessLogCheckMs }: RouterSettings,
  reopen: () => void,
): () => void {
  if (accessLogPath === undefined) return () => {};
  const timer = setInterval(() => {
    rotateWhenLarge(accessLogPath, accessLogMaxBytes).then(
      (moved) => {
        if (moved) reopen();
      },
      // a log that cannot be moved now is tried again at the next check
      () => {},
    );
  }, accessLogCheckMs);
  timer.unref();
  return () => clearInterval(timer);
}
