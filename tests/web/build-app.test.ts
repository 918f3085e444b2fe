import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureBuilt } from '../../web/server/build-app.js';

const log = pino({ level: 'silent' });
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'web-build-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'index.html'), '<script type="module" src="/src/main.ts"></script>');
  writeFileSync(join(root, 'src', 'main.ts'), 'document.title = "one";');
  writeFileSync(join(root, 'vite.config.ts'), 'export default {};');
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const builtAt = () => statSync(join(root, 'dist', 'index.html')).mtimeMs;

test('the app is built once, and again when a source has changed', async () => {
  const directory = await ensureBuilt(root, log);
  expect(readFileSync(join(directory, 'index.html'), 'utf8')).toMatch(/src="\/assets\/index-.+\.js"/);
  const first = builtAt();
  await ensureBuilt(root, log);
  expect(builtAt()).toBe(first);

  const later = new Date(Date.now() + 5000);
  utimesSync(join(root, 'src', 'main.ts'), later, later);
  await ensureBuilt(root, log);
  expect(builtAt()).toBeGreaterThan(first);
});

test('a build that came without its sources is served as it is', async () => {
  await ensureBuilt(root, log);
  const first = builtAt();
  rmSync(join(root, 'src'), { recursive: true });
  expect(await ensureBuilt(root, log)).toBe(join(root, 'dist'));
  expect(builtAt()).toBe(first);
});

test('sources that do not build stop the start', async () => {
  writeFileSync(join(root, 'src', 'main.ts'), 'import "./missing.js";');
  await expect(ensureBuilt(root, log)).rejects.toThrow('missing.js');
});
