import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConflictError, InvalidInputError, UnavailableError } from '../core/errors.js';
import { tryLock } from '../scripts/file-lock.mjs';
import { secretsFile } from './secrets.js';

/** What may lie in a folder before it becomes a home. */
const harmless = new Set(['install.lock', 'logs', 'stack.lock']);

/**
 * Makes sure that the folder can be written and is a home, or may become one. The stack never settles in a folder
 * with files of somebody else's in it, because `reset` empties the home.
 *
 * @throws {UnavailableError} if it cannot be created or written
 * @throws {InvalidInputError} if it holds something else
 */
export function openHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new UnavailableError(
      `${home} cannot be written (${(cause as NodeJS.ErrnoException).code}). The stack keeps its database, models and ` +
        'logs there. Allow it to, or choose another folder with INCUMBENT_HOME or --home.',
      { cause },
    );
  }
  const entries = readdirSync(home);
  const isHome = entries.includes(basename(secretsFile(home)));
  const foreign = entries.find((name) => !harmless.has(name));
  if (!isHome && foreign !== undefined) {
    throw new InvalidInputError(
      `${home} is not empty and not a home of Incumbent (it holds ${foreign}). Choose a new or empty folder with ` +
        'INCUMBENT_HOME or --home.',
    );
  }
}

/** The lock file that says that a stack runs on a home. */
export function stackLockFile(home: string): string {
  return join(home, 'stack.lock');
}

/**
 * Takes a home for this process.
 *
 * @returns lets it go again
 * @throws {ConflictError} if another stack runs on it, naming its pid and how to stop it
 */
export function occupyHome(home: string): () => void {
  const lock = tryLock(stackLockFile(home));
  if (lock.acquired) return lock.release;
  throw new ConflictError(
    `A stack is already running on ${home} (process ${lock.pid}). See it with \`npm run stack -- status\`, stop it ` +
      'with `npm run stack -- stop`, or start a second one with `npm start -- --port-offset 1000 --home OTHER_FOLDER`.',
  );
}
