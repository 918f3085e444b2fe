import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Which user nginx's workers may run as. As root the workers change to nginx's own unprivileged user, which must be
 * able to walk to their temporary files; where a parent folder keeps it out (a home of root, say) they stay root.
 *
 * @returns the value of nginx's `user`, or undefined for its default
 */
export async function workerUser(directory: string): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (let path = directory; ; path = dirname(path)) {
    const { mode } = await stat(path);
    if ((mode & 0o001) === 0) return 'root';
    if (path === dirname(path)) return undefined;
  }
}
