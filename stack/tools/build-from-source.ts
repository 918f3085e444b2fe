import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run-command.js';
import type { FetchRequest } from './tool-specs.js';

/**
 * Builds the version pinned in go.mod, whose hashes go.sum vouches for. Both are copied, so a build never changes them.
 *
 * @param folder an empty folder the caller removes afterwards
 * @returns path of the built executable
 * @throws {Error} if no Go is installed or the build fails
 */
export async function buildFromSource(
  { spec, env, signal, onProgress }: FetchRequest,
  folder: string,
): Promise<string> {
  await Promise.all(['go.mod', 'go.sum'].map((file) => copyFile(new URL(file, import.meta.url), join(folder, file))));
  const output = join(folder, spec.name);
  let packages = 0;
  onProgress(`building ${spec.name} ${spec.version} with go build; this takes some minutes, once`);
  await run('go', ['build', '-v', '-trimpath', '-ldflags', '-s -w', '-o', output, spec.goPackage], {
    cwd: folder,
    signal,
    env: { ...env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' },
    onLine: (line) => {
      if (line.startsWith('go: downloading')) onProgress(`building ${spec.name}: ${line.slice(4)}`);
      else onProgress(`building ${spec.name}: ${++packages} packages compiled`);
    },
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error('go is not on PATH', { cause: error }) : error;
  });
  return output;
}
