import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConflictError } from '../core/errors.js';
import { occupyHome, stackLockFile } from './home.js';
import { endOrphans, findOrphans } from './orphans.js';
import { relocatedDataFolder } from './parts/postgres-data.js';
import { secretsFile } from './secrets.js';
import { readState } from './state-file.js';

/**
 * Empties a home. Only a folder in which a stack has settled is touched.
 *
 * @param confirm asked once, with the question
 * @throws {ConflictError} if a stack runs on it
 */
export async function resetHome(
  home: string,
  confirm: (question: string) => Promise<boolean>,
): Promise<{ done: boolean; message: string }> {
  if (!existsSync(secretsFile(home))) return { done: true, message: `there is nothing to delete in ${home}` };
  const release = occupy(home);
  try {
    if (!(await confirm(`This deletes the database, the models and the histories in ${home}.`))) {
      return {
        done: false,
        message: 'nothing was deleted (confirm with yes, or with --yes where nobody can be asked)',
      };
    }
    const state = readState(home);
    if (state) await endOrphans(findOrphans(state));
    rmSync(relocatedDataFolder(home), { recursive: true, force: true });
    for (const entry of readdirSync(home).map((name) => join(home, name))) {
      if (entry !== stackLockFile(home)) rmSync(entry, { recursive: true, force: true });
    }
    return { done: true, message: `${home} is empty` };
  } finally {
    release();
  }
}

function occupy(home: string): () => void {
  try {
    return occupyHome(home);
  } catch (error) {
    if (error instanceof ConflictError) {
      throw new ConflictError(`the stack on ${home} is running: stop it first, with \`npm run stack -- stop\``, {
        cause: error,
      });
    }
    throw error;
  }
}
