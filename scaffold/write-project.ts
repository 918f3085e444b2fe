import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConflictError } from '../core/errors.js';

const files = createRequire(import.meta.url);

/** Makes the files look as the rest of the code does, where the formatter is installed. */
async function format(folder: string): Promise<void> {
  let biome: string;
  try {
    biome = files.resolve('@biomejs/biome/bin/biome');
  } catch {
    return; // an installation without the tools for development
  }
  await promisify(execFile)(process.execPath, [biome, 'check', '--write', folder]).catch(() => undefined);
}

/**
 * Writes the files of a new project; its folder is there whole or not at all.
 *
 * @param root the folder of projects
 * @param contents by file name
 * @throws {ConflictError} when the folder exists
 */
export async function writeProject(
  root: string,
  name: string,
  contents: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = join(root, name);
  if (existsSync(folder))
    throw new ConflictError(`${folder} exists and is not overwritten: choose another name or remove it`);
  const draft = join(root, `.${name}.new`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const [file, text] of Object.entries(contents)) writeFileSync(join(draft, file), text);
  renameSync(draft, folder);
  await format(folder);
  return folder;
}
