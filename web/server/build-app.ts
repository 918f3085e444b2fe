import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';

const sources = ['src', 'public', 'index.html', 'vite.config.ts', join('..', 'package-lock.json')];

function newestChange(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stat.mtimeMs);
}

/**
 * Builds the app when there is no build yet or a source is newer than it. Where the sources did not come along
 * (a container with the build alone) the build is taken as it is.
 *
 * @param root the folder of the web app
 * @returns the folder of the built app
 */
export async function ensureBuilt(root: string, log: Logger): Promise<string> {
  const directory = join(root, 'dist');
  const built = statSync(join(directory, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > 0 && !existsSync(join(root, 'src'))) return directory;
  if (built >= Math.max(...sources.map((source) => newestChange(join(root, source))))) return directory;
  const start = performance.now();
  const { build } = await import('vite');
  // built aside and moved into place, so that nobody who starts meanwhile reads half a build
  const fresh = join(root, `dist-${process.pid}`, 'new');
  const { NODE_ENV: environment } = process.env;
  // whoever builds, under a test runner too: the libraries' development halves are larger and do everything twice
  process.env.NODE_ENV = 'production';
  try {
    await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } });
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = environment;
  }
  if (existsSync(directory)) renameSync(directory, join(fresh, '..', 'old'));
  renameSync(fresh, directory);
  rmSync(join(fresh, '..'), { recursive: true, force: true });
  log.info({ durationMs: Math.round(performance.now() - start) }, 'web app built');
  return directory;
}
