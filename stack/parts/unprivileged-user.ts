import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { UnavailableError } from '../../core/errors.js';

const runFile = promisify(execFile);

/** The user and group a process runs as; empty to run as whoever started the stack. */
export type Identity = { readonly uid: number; readonly gid: number } | Record<string, never>;

/**
 * Who Postgres runs as: it refuses root. Anybody else runs it as themselves; root uses the system's `postgres` user,
 * created when there is none.
 *
 * @throws {UnavailableError} if there is no such user and it cannot be created
 */
export async function postgresIdentity(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const existing = await lookUp('postgres');
  if (existing) return existing;
  try {
    await runFile('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres']);
  } catch (cause) {
    throw new UnavailableError(
      'Postgres does not run as root, there is no user `postgres` to run it as, and creating one failed. ' +
        'Start as another user, create the user, or set DATABASE_URL to a Postgres of yours.',
      { cause },
    );
  }
  const created = await lookUp('postgres');
  if (created) return created;
  throw new UnavailableError('the user `postgres` was created and is still not known to the system');
}

/** Whether that user gets to a path: each folder on the way has to let them through. */
export function canReach(path: string, identity: Identity): boolean {
  if (!('uid' in identity)) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder);
    const bit = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function lookUp(name: string): Promise<Identity | null> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runFile('id', [flag, name])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return null;
  }
}
