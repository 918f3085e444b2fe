import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { UnavailableError } from '../../core/errors.js';
import { withLock } from '../../scripts/file-lock.mjs';
import { buildFromSource } from './build-from-source.js';
import { downloadRelease } from './download-release.js';
import {
  cachedToolPath,
  type Lookup,
  lookInCache,
  lookInVariable,
  lookOnPath,
  type Tool,
  toolCacheFolder,
} from './local-tool.js';
import { type FetchRequest, type ToolName, type ToolSpec, toolSpecs } from './tool-specs.js';

export interface FindToolOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The specification to use instead of the product's own. */
  readonly spec?: ToolSpec;
  readonly onProgress?: (message: string) => void;
  /** Ends a download or build that is under way. */
  readonly signal?: AbortSignal;
}

/**
 * Finds a tool, and gets it when it is not there. Looked for in this order: its path variable, PATH, the cache, the
 * official release (checksum verified), `go build` of the version pinned in go.mod. Processes that need the same tool
 * at the same time wait for the one that gets it.
 *
 * @throws {InvalidInputError} if the path variable names something that cannot be run
 * @throws {UnavailableError} naming every place tried and why it did not serve
 */
export async function findTool(name: ToolName, options: FindToolOptions = {}): Promise<Tool> {
  const { spec = toolSpecs[name], env = process.env, onProgress = () => undefined } = options;
  const signal = options.signal ?? new AbortController().signal;
  const local = await lookAround(spec, env);
  if ('tool' in local) return local.tool;
  const cache = toolCacheFolder(env);
  const target = cachedToolPath(spec, cache);
  await mkdir(cache, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new UnavailableError(
      `${spec.name} has to be fetched, but the cache folder ${cache} cannot be written (${cause.code}). ` +
        `Set XDG_CACHE_HOME to a folder of yours, or ${spec.variable} to the ${spec.name} executable.`,
      { cause },
    );
  });
  return withLock(
    `${target}.lock`,
    async () => {
      const again = lookInCache(spec, cache);
      if ('tool' in again) return again.tool;
      return fetchInto(target, { spec, env, signal, onProgress }, local.reasons);
    },
    (pid) => onProgress(`waiting for process ${pid}, which is getting ${spec.name}`),
  );
}

async function lookAround(spec: ToolSpec, env: NodeJS.ProcessEnv): Promise<{ tool: Tool } | { reasons: string[] }> {
  const places: (() => Lookup | Promise<Lookup>)[] = [
    () => lookInVariable(spec, env),
    () => lookOnPath(spec, env),
    () => lookInCache(spec, toolCacheFolder(env)),
  ];
  const reasons: string[] = [];
  for (const look of places) {
    const found = await look();
    if ('tool' in found) return found;
    reasons.push(found.reason);
  }
  return { reasons };
}

async function fetchInto(target: string, request: FetchRequest, reasons: string[]): Promise<Tool> {
  const { spec, signal, onProgress } = request;
  const ways = [
    ['download', downloadRelease],
    ['build', buildFromSource],
  ] as const;
  for (const [source, get] of ways) {
    const folder = await mkdtemp(`${target}.${source}-`);
    try {
      const executable = await get(request, folder);
      await chmod(executable, 0o755);
      await rename(executable, target);
      return { path: target, version: spec.version, source };
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
      onProgress(reasons.at(-1) ?? '');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const tried = reasons.map((reason, index) => `(${index + 1}) ${reason}`).join('; ');
  throw new UnavailableError(
    `${spec.name} ${spec.version} is needed and could not be had. Tried: ${tried}. Install it and set ` +
      `${spec.variable} to its executable, or connect this machine to the network, or install Go.`,
  );
}
