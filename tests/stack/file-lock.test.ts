import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHolder, tryLock, withLock } from '../../scripts/file-lock.mjs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incumbent-lock-'));
  path = join(folder, 'some.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('only one holds a lock, and the other is told who', () => {
  const first = tryLock(path);
  expect(first.acquired).toBe(true);
  expect(tryLock(path)).toEqual({ acquired: false, pid: process.pid });
  if (first.acquired) first.release();
  expect(lockHolder(path)).toBeNull();
  expect(tryLock(path).acquired).toBe(true);
});

test('the lock of a process that has ended, or of an earlier one with the same pid, is taken over', async () => {
  const ended = spawn(process.execPath, ['-e', '']);
  await once(ended, 'exit');
  writeFileSync(path, JSON.stringify({ pid: ended.pid, startedAt: null }));
  expect(tryLock(path).acquired).toBe(true);
  writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
  expect(tryLock(path).acquired).toBe(true);
  writeFileSync(path, 'half a loc');
  expect(tryLock(path).acquired).toBe(true);
});

test('processes that find the same stale lock at once still work one after the other', async () => {
  const journal = join(folder, 'journal');
  writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: null }));
  const lock = new URL('../../scripts/file-lock.mjs', import.meta.url).href;
  const script = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from '${lock}';
    await withLock(${JSON.stringify(path)}, async () => {
      appendFileSync(${JSON.stringify(journal)}, 'in\\n');
      await new Promise((done) => setTimeout(done, 20));
      appendFileSync(${JSON.stringify(journal)}, 'out\\n');
    });`;
  const processes = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
  expect(readFileSync(journal, 'utf8')).toBe('in\nout\n'.repeat(6));
  expect(readdirSync(folder)).toEqual(['journal']);
});

test('a failure inside lets the lock go', async () => {
  const failing = withLock(path, async () => {
    appendFileSync(join(folder, 'journal'), 'x');
    throw new Error('inside');
  });
  await expect(failing).rejects.toThrow('inside');
  expect(lockHolder(path)).toBeNull();
});
