import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { InvalidInputError } from '../../core/errors.js';
import type { ToolSpec } from './tool-specs.js';

/** A tool that can be run. */
export interface Tool {
  readonly path: string;
  readonly version: string;
  readonly source: 'variable' | 'path' | 'cache' | 'download' | 'build';
}

/** The outcome of looking in one place: the tool, or why it is not there. */
export type Lookup = { readonly tool: Tool } | { readonly reason: string };

/**
 * The executable the tool's own variable names. A variable that names nothing usable is the user's mistake and is
 * never passed over.
 *
 * @throws {InvalidInputError} if the variable is set and the file cannot be run
 */
export async function lookInVariable(spec: ToolSpec, env: NodeJS.ProcessEnv): Promise<Lookup> {
  const value = env[spec.variable];
  if (value === undefined || value === '') return { reason: `${spec.variable} is not set` };
  const path = resolve(value);
  if (!isExecutable(path)) {
    throw new InvalidInputError(
      `${spec.variable}=${value} is not an executable file. Set it to the ${spec.name} executable, or unset it.`,
    );
  }
  return { tool: { path, version: (await readVersion(spec, path)) ?? 'unknown', source: 'variable' } };
}

/** The first executable of that name on PATH that runs and is not older than the minimum. */
export async function lookOnPath(spec: ToolSpec, env: NodeJS.ProcessEnv): Promise<Lookup> {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const rejected: string[] = [];
  for (const folder of folders) {
    const path = join(folder, spec.name);
    if (!isExecutable(path)) continue;
    const version = await readVersion(spec, path);
    if (version === null) rejected.push(`${path} does not run`);
    else if (isOlder(version, spec.minimumVersion)) {
      rejected.push(`${path} is ${version}, older than ${spec.minimumVersion}`);
    } else return { tool: { path, version, source: 'path' } };
  }
  return { reason: rejected.length > 0 ? rejected.join('; ') : `no ${spec.name} on PATH` };
}

/** The tool as an earlier start downloaded or built it. */
export function lookInCache(spec: ToolSpec, cacheFolder: string): Lookup {
  const path = cachedToolPath(spec, cacheFolder);
  return isExecutable(path)
    ? { tool: { path, version: spec.version, source: 'cache' } }
    : { reason: `no ${path} in the cache` };
}

/** Where the cache keeps a tool: one file a version, so that a newer product does not disturb an older one. */
export function cachedToolPath(spec: ToolSpec, cacheFolder: string): string {
  return join(cacheFolder, `${spec.name}-${spec.version}`);
}

/** `$XDG_CACHE_HOME/incumbent/tools`, else `~/.cache/incumbent/tools`. */
export function toolCacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache');
  return join(base, 'incumbent', 'tools');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The version a tool reports; 'unknown' when it runs and names none (a build from source), null when it does not run. */
function readVersion(spec: ToolSpec, path: string): Promise<string | null> {
  return new Promise((done) => {
    execFile(path, [...spec.versionArguments], { timeout: 10_000 }, (error, stdout, stderr) => {
      if (error) return done(null);
      done(/(\d+\.\d+\.\d+)/.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown');
    });
  });
}

/** Lenient: a version that cannot be compared (unknown, or the 0.0.0 of a development build) counts as new enough. */
function isOlder(version: string, minimum: string): boolean {
  if (version === 'unknown' || version === '0.0.0') return false;
  const [have, need] = [version, minimum].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (need?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
