import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const schema = z.object({ version: z.string() });

/** The version that this instance served last, for a start while the database is away; null when unknown. */
export async function readLastServed(path: string): Promise<string | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8'))).version;
  } catch {
    return null;
  }
}

export async function writeLastServed(path: string, version: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify({ version }));
  await rename(`${path}.new`, path);
}
