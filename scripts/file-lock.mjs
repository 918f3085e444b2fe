import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcess, processStart } from './process-identity.mjs';

/**
 * Takes the lock file if nobody alive holds it.
 *
 * @param {string} path
 * @returns {{ acquired: true, release: () => void } | { acquired: false, pid: number }} `pid` of the holder
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) });
  for (;;) {
    if (createWith(path, mine)) return { acquired: true, release: () => releaseIfMine(path, mine) };
    const held = readOrNull(path);
    if (held === null) continue;
    const holder = parse(held);
    if (holder !== null && isSameProcess(holder.pid, holder.startedAt)) return { acquired: false, pid: holder.pid };
    removeStale(path, held);
  }
}

/**
 * The pid of the living process that holds the lock file, or null.
 *
 * @param {string} path
 * @returns {number | null}
 */
export function lockHolder(path) {
  const holder = parse(readOrNull(path) ?? '');
  return holder !== null && isSameProcess(holder.pid, holder.startedAt) ? holder.pid : null;
}

/**
 * Runs `work` while holding the lock file; waits as long as another living process holds it.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} [onWait] told once, with the pid of the holder
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => undefined) {
  let lock = tryLock(path);
  if (!lock.acquired) onWait(lock.pid);
  while (!lock.acquired) {
    await sleep(100);
    lock = tryLock(path);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** The file appears with its content at once: a reader never sees an empty lock. */
function createWith(path, content) {
  const draft = `${path}.${process.pid}.${process.hrtime.bigint()}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Renaming is what only one process can do; a lock taken meanwhile by somebody else is put back. */
function removeStale(path, expected) {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readOrNull(aside) !== expected) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

function releaseIfMine(path, mine) {
  if (readOrNull(path) === mine) rmSync(path, { force: true });
}

function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function parse(content) {
  try {
    const { pid, startedAt } = JSON.parse(content);
    return Number.isInteger(pid) ? { pid, startedAt: startedAt ?? null } : null;
  } catch {
    return null;
  }
}
