import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian and others keep it; often not on a normal user's PATH. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

/** The nginx to use: the one named, else the first on PATH or in the usual folders, else null. */
export function findNginx(named: string | undefined, path = process.env.PATH ?? ''): string | null {
  const places = named ? [named] : [...path.split(delimiter), ...USUAL_FOLDERS].map((folder) => join(folder, 'nginx'));
  for (const place of places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      // not there: the next place
    }
  }
  return null;
}
