import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InvalidInputError, UnavailableError } from '../../core/errors.js';
import { findTool } from '../../stack/tools/find-tool.js';
import { type Platform, type ToolSpec, toolSpecs } from '../../stack/tools/tool-specs.js';

const platform = `${process.platform}-${process.arch}` as Platform;
let folder: string;
let cache: string;
let server: Server | null;
let requests: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incumbent-tools-'));
  cache = join(folder, 'cache', 'incumbent', 'tools');
  server = null;
  requests = [];
});
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An executable that tells a version, as a tool does. */
function place(path: string, version: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "temporal version ${version} (Server 1.29.1)"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Nobody listens on port 9 (discard), no Go is on the PATH: nothing can be fetched. */
function offline(): { env: NodeJS.ProcessEnv; spec: ToolSpec } {
  const release = { ...toolSpecs.temporal.release, baseUrl: 'http://127.0.0.1:9/release' };
  return {
    env: { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') },
    spec: { ...toolSpecs.temporal, release },
  };
}

/** A release server with one archive that holds the tool in a folder of its own. */
async function released(options: {
  sha256?: string;
  listed?: string;
}): Promise<{ env: NodeJS.ProcessEnv; spec: ToolSpec }> {
  place(join(folder, 'release', 'temporal_1.5.1', 'temporal'), '1.5.1');
  execFileSync('tar', ['-czf', join(folder, 'temporal.tar.gz'), '-C', join(folder, 'release'), '.']);
  const archive = readFileSync(join(folder, 'temporal.tar.gz'));
  const sha256 = createHash('sha256').update(archive).digest('hex');
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/checksums.txt') return response.end(`${options.listed ?? sha256}  temporal.tar.gz\n`);
    response.end(archive);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { env, spec } = offline();
  const pinned = options.sha256 === 'right' ? sha256 : options.sha256;
  const release = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    checksums: 'checksums.txt',
    asset: { ...spec.release.asset, [platform]: 'temporal.tar.gz' },
    sha256: pinned === undefined ? {} : { [platform]: pinned },
  };
  return { env, spec: { ...spec, release } };
}

test('the path variable comes before PATH, and PATH before the cache', async () => {
  const { env, spec } = offline();
  const cached = place(join(cache, 'temporal-1.5.1'), '1.5.1');
  expect(await findTool('temporal', { env, spec })).toEqual({ path: cached, version: '1.5.1', source: 'cache' });
  const onPath = place(join(folder, 'bin', 'temporal'), '1.6.0');
  expect(await findTool('temporal', { env, spec })).toEqual({ path: onPath, version: '1.6.0', source: 'path' });
  const named = place(join(folder, 'my-temporal'), '9.0.0');
  const found = await findTool('temporal', { env: { ...env, TEMPORAL_PATH: named }, spec });
  expect(found).toEqual({ path: named, version: '9.0.0', source: 'variable' });
});

test('a path variable that names nothing executable is an error, not passed over', async () => {
  const { env, spec } = offline();
  place(join(cache, 'temporal-1.5.1'), '1.5.1');
  const found = findTool('temporal', { env: { ...env, TEMPORAL_PATH: '/nowhere/temporal' }, spec });
  await expect(found).rejects.toThrow(InvalidInputError);
  await expect(found).rejects.toThrow('TEMPORAL_PATH=/nowhere/temporal is not an executable file');
});

test('on PATH a version that is too old is passed over, one that is not told is taken', async () => {
  const { env, spec } = offline();
  place(join(folder, 'bin', 'temporal'), '0.9.0');
  await expect(findTool('temporal', { env, spec })).rejects.toThrow('is 0.9.0, older than 1.4.0');
  place(join(folder, 'bin', 'temporal'), '0.0.0-DEV');
  expect(await findTool('temporal', { env, spec })).toMatchObject({ source: 'path', version: '0.0.0' });
  place(join(folder, 'bin', 'temporal'), 'of today');
  expect(await findTool('temporal', { env, spec })).toMatchObject({ source: 'path' });
});

test('the failure names every place that was tried and what to do', async () => {
  const { env, spec } = offline();
  place(join(folder, 'bin', 'temporal'), '0.9.0');
  const failure = (await findTool('temporal', { env, spec }).catch((error: Error) => error)) as Error;
  expect(failure).toBeInstanceOf(UnavailableError);
  expect(failure.message).toContain('(1) TEMPORAL_PATH is not set');
  expect(failure.message).toContain(`(2) ${join(folder, 'bin', 'temporal')} is 0.9.0, older than 1.4.0`);
  expect(failure.message).toContain(`(3) no ${join(cache, 'temporal-1.5.1')} in the cache`);
  expect(failure.message).toMatch(
    /\(4\) download: http:\/\/127\.0\.0\.1:9\/release\/\S+: .+; \(5\) build: go is not on PATH/,
  );
  expect(failure.message).toContain('set TEMPORAL_PATH to its executable');
  expect(readdirSync(cache)).toEqual([]);
});

test('a release with the pinned checksum is downloaded once, also for two at the same time, and kept', async () => {
  const { env, spec } = await released({ sha256: 'right' });
  const [first, second] = await Promise.all([findTool('temporal', { env, spec }), findTool('temporal', { env, spec })]);
  expect([first.source, second.source].toSorted()).toEqual(['cache', 'download']);
  expect(requests).toEqual(['/temporal.tar.gz']);
  expect(execFileSync(first.path, { encoding: 'utf8' })).toContain('1.5.1');
  expect(readdirSync(cache)).toEqual(['temporal-1.5.1']);
});

test('a release without a pinned checksum is checked against the checksums it publishes', async () => {
  const { env, spec } = await released({});
  expect((await findTool('temporal', { env, spec })).source).toBe('download');
  expect(requests).toEqual(['/checksums.txt', '/temporal.tar.gz']);
});

test.each([
  ['pinned', { sha256: '0'.repeat(64) }],
  ['published', { listed: 'f'.repeat(64) }],
])('an archive that does not have the %s checksum is never used', async (_, options) => {
  const { env, spec } = await released(options);
  await expect(findTool('temporal', { env, spec })).rejects.toThrow(/sha256 is [0-9a-f]{64}, expected .*not used/);
  expect(existsSync(join(cache, 'temporal-1.5.1'))).toBe(false);
});

test('the versions that are downloaded are those that go.mod builds', () => {
  const goMod = readFileSync(new URL('../../stack/tools/go.mod', import.meta.url), 'utf8');
  for (const { goPackage, version, release } of Object.values(toolSpecs)) {
    const module = goPackage.split('/cmd/')[0];
    expect(goMod).toContain(`${module} v${version}`);
    expect(release.baseUrl).toMatch(new RegExp(`/v${version}$`));
  }
});
