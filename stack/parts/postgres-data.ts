import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UnavailableError } from '../../core/errors.js';
import { run } from '../run-command.js';
import { type PostgresBinaries, sharedFolder } from './postgres-binaries.js';
import { canReach, type Identity } from './unprivileged-user.js';

export interface DataOptions {
  readonly user: string;
  readonly password: string;
  readonly signal: AbortSignal;
  /** Told when there is no database yet and one is created. */
  readonly onCreate: () => void;
}

/**
 * Where a home keeps its database: inside it, or, when Postgres' user cannot get there, in a folder of its own under
 * the shared one. A home that is closed itself is opened for passing through (what lies in it stays closed); folders
 * above it are left alone.
 *
 * @param home folder that exists
 */
export function postgresDataFolder(home: string, identity: Identity): string {
  const inside = join(resolve(home), 'postgres');
  if (canReach(inside, identity)) return inside;
  if (canReach(resolve(home), identity)) {
    chmodSync(home, statSync(home).mode | 0o011);
    return inside;
  }
  return relocatedDataFolder(home);
}

/** The folder that stands in for `postgres` in a home that Postgres' user cannot get to. */
export function relocatedDataFolder(home: string): string {
  const name = createHash('sha256').update(resolve(home)).digest('hex').slice(0, 12);
  return join(sharedFolder, `data-${name}`);
}

/**
 * Creates the database cluster if it is not there yet. It is made aside and moved into place, so an interrupted
 * creation leaves nothing that looks like a database.
 *
 * @throws {UnavailableError} if the folder holds the data of another major version, or initdb fails
 */
export async function ensureDataFolder(
  folder: string,
  binaries: PostgresBinaries,
  identity: Identity,
  { user, password, signal, onCreate }: DataOptions,
): Promise<void> {
  const versionFile = join(folder, 'PG_VERSION');
  if (existsSync(versionFile)) return requireSameMajor(readFileSync(versionFile, 'utf8').trim(), binaries, folder);
  onCreate();
  const draft = `${folder}.new-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if ('uid' in identity) {
      await Promise.all(
        [draft, passwordFile].map((path) => chown(path, identity.uid as number, identity.gid as number)),
      );
    }
    // a fixed locale: the database sorts and matches text the same on every machine
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const access = [`--username=${user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    await run(binaries.initdb, [`--pgdata=${draft}`, ...access, ...locale, '--no-sync', '--no-instructions'], {
      ...identity,
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      signal,
    });
    await rename(draft, folder);
  } catch (cause) {
    throw new UnavailableError(`the database could not be created in ${folder}: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    await Promise.all([draft, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
  }
}

function requireSameMajor(found: string, binaries: PostgresBinaries, folder: string): void {
  const major = binaries.version.split('.')[0];
  if (found === major) return;
  throw new UnavailableError(
    `${folder} was written by Postgres ${found} and this is Postgres ${major}. Move the data with pg_dump from the ` +
      'older version, or begin anew with `npm run stack -- reset`.',
  );
}
