import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { ObjectStore } from '../../activities/ports.js';
import { NotFoundError } from '../../core/errors.js';

export type ObjectReader = Pick<ObjectStore, 'get'>;

/** Reads objects and keeps a copy of each on local disk, which answers while the store is away. */
export function withLocalCopy(objects: ObjectReader, folder: string, logger: Logger): ObjectReader {
  return {
    async get(key) {
      const path = join(folder, key);
      let bytes: Uint8Array;
      try {
        bytes = await objects.get(key);
      } catch (error) {
        if (error instanceof NotFoundError) throw error;
        const copy = await readFile(path).catch(() => null);
        if (!copy) throw error;
        logger.warn({ err: error, key }, 'object store away: local copy used');
        return copy;
      }
      const unfinished = `${path}.${randomUUID()}`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(unfinished, bytes);
        await rename(unfinished, path);
      } catch (error) {
        logger.warn({ err: error, key }, 'no local copy could be kept');
      }
      return bytes;
    },
  };
}

/** Deletes all but the `keep` folders of `folder` that were written last. */
export async function trimLocalCopies(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory());
  const dated = await Promise.all(
    names.map(async ({ name }) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(keep);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })));
}
