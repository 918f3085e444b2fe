import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InvalidInputError, UnavailableError } from '../../core/errors.js';
import { findNginx } from '../../router/find-nginx.js';
import { fillTemplate, quoted, splitLines } from '../../router/nginx/directives.js';
import { startNginx } from '../../router/nginx/nginx-process.js';
import { stopStaleNginx } from '../../router/nginx/stale-nginx.js';
import { workerUser } from '../../router/nginx/worker-user.js';
import { normalizedPath } from '../../router/prediction-path.js';
import { renderNginx } from '../../router/render-nginx.js';
import { parseRouterSettings } from '../../router/router-settings.js';
import { stateWith } from './support/routers.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'incumbent-nginx-parts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('nginx is the program that was named, or the first on the path, and never a file that cannot be run', async () => {
  const [text, program] = [join(folder, 'text'), join(folder, 'program')];
  await Promise.all([mkdir(text), mkdir(program)]);
  await writeFile(join(text, 'nginx'), '', { mode: 0o644 });
  await writeFile(join(program, 'nginx'), '#!/bin/sh\n', { mode: 0o755 });
  const path = [folder, text, program].join(delimiter);
  expect(findNginx(undefined, path)).toBe(join(program, 'nginx'));
  expect(findNginx(join(program, 'nginx'), '')).toBe(join(program, 'nginx'));
  expect(findNginx(join(text, 'nginx'), path)).toBeNull();
});

test('text stays text in a configuration, and what would break out of it is refused', () => {
  expect(quoted("it's \\ $host")).toBe("'it\\'s \\\\ $host'");
  expect(() => quoted('a\nb')).toThrow(InvalidInputError);
  expect(splitLines(0, 'candidate', 'production')).toEqual(['* production;']);
});

test('a template is filled line by line, keeps its indentation and names the placeholder it does not know', () => {
  const template = `a {\n  \${lines}\n  \${none}\n  b \${one} \${both};\n}\n`;
  const values = { lines: ['x;', 'y;'], none: [], one: 1, both: ['p', 'q'] };
  expect(fillTemplate(template, values)).toBe('a {\n  x;\n  y;\n  b 1 p q;\n}\n');
  expect(() => fillTemplate(`\${other}`, values)).toThrow('unknown placeholder');
});

test('the user of the workers, an IPv6 address and a missing log are written as nginx reads them', () => {
  const settings = parseRouterSettings({ host: '::1', port: 7_000, accessLogPath: undefined });
  const { text } = renderNginx(settings, { directory: '/d', errorLogPath: '/d/e', user: 'root' }, stateWith());
  expect(text).toMatch(/^user root;$/m);
  expect(text).toMatch(/^\s*listen \[::1\]:7000\b/m);
  expect(text).toMatch(/^\s*access_log off;$/m);
});

test('settings that cannot be are refused, each by its name', () => {
  const wrong = () => parseRouterSettings({ port: 70_000, host: 'a b', trustedProxies: ['everybody'] });
  expect(wrong).toThrow(InvalidInputError);
  expect(wrong).toThrow(/host: an address to listen on; port: .*; trustedProxies\.0: an address or CIDR range/);
});

test('a path is read as nginx reads it', () => {
  expect(['/a//b/../c?d=/e', '/%70redict', 'http://host/predict?x', 'OPTIONS *', '/%zz'].map(normalizedPath)).toEqual([
    '/a/c',
    '/predict',
    '/predict',
    expect.anything(),
    null,
  ]);
});

test('workers of a root router stay root where another user could not walk to their files', async () => {
  // a folder of mkdtemp is its owner's alone
  const wanted = process.getuid?.() === 0 ? 'root' : undefined;
  expect(await workerUser(folder)).toBe(wanted);
  expect(await workerUser('/')).toBeUndefined();
});

test('a program that is not there is an error with its name', async () => {
  const started = startNginx('/no/such/nginx', folder, 'nginx.conf');
  await expect(started).rejects.toThrow(UnavailableError);
  await expect(started).rejects.toThrow('/no/such/nginx does not start');
});

test('a program that will not stop is stopped by force', async () => {
  const stubborn = join(folder, 'stubborn');
  await writeFile(stubborn, '#!/bin/sh\ntrap \'\' QUIT TERM\necho ready > "$2/ready"\nwhile :; do sleep 0.1; done\n', {
    mode: 0o755,
  });
  const running = await startNginx(stubborn, folder, 'nginx.conf');
  await expect.poll(() => readFile(join(folder, 'ready'), 'utf8').catch(() => '')).toBe('ready\n');
  await running.stop(50);
  expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(running.isRunning()).toBe(false);
});

test('what an earlier run left is ended, by force when it takes its time; a stranger with its number is let be', async () => {
  // as nginx shows its workers to ps: by a title of their own
  const script =
    "process.title = 'nginx: worker process'; process.on('SIGQUIT', () => {}); setInterval(() => {}, 1000)";
  const left = spawn(process.execPath, ['-e', `${script}; console.log('ready')`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(left, 'exit');
  await once(left.stdout, 'data');
  await writeFile(join(folder, 'nginx.pid'), `${left.pid}\n`);
  expect(await stopStaleNginx(folder, 200)).toBe(left.pid);
  expect(await ended).toEqual([null, 'SIGKILL']);

  const stranger = spawn('sleep', ['60'], { detached: true });
  await writeFile(join(folder, 'nginx.pid'), `${stranger.pid}\n`);
  expect(await stopStaleNginx(folder)).toBeNull();
  expect(stranger.exitCode).toBeNull();
  stranger.kill('SIGKILL');
  await writeFile(join(folder, 'nginx.pid'), 'no number');
  expect(await stopStaleNginx(folder)).toBeNull();
});
