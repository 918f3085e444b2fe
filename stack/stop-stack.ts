import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../core/errors.js';
import { lockHolder } from '../scripts/file-lock.mjs';
import { stackLockFile } from './home.js';
import { endOrphans, findOrphans } from './orphans.js';
import { readState } from './state-file.js';

const TIMEOUT_MS = 180_000;

/**
 * Stops the stack of a home in order and waits for it; ends what a killed one left behind.
 *
 * @returns what was done, in a sentence
 * @throws {UnavailableError} if it does not end in time
 */
export async function stopStack(home: string, onNotice: (message: string) => void): Promise<string> {
  const pid = lockHolder(stackLockFile(home));
  if (pid !== null) {
    onNotice(`stopping the stack on ${home} (process ${pid}) ...`);
    process.kill(pid, 'SIGTERM');
    const deadline = performance.now() + TIMEOUT_MS;
    while (lockHolder(stackLockFile(home)) === pid) {
      if (performance.now() > deadline) {
        throw new UnavailableError(
          `process ${pid} has not ended after ${TIMEOUT_MS / 1000} s; \`kill -9 ${pid}\`, then stop again`,
        );
      }
      await sleep(50);
    }
  }
  const state = readState(home);
  const orphans = state ? findOrphans(state) : [];
  await endOrphans(orphans);
  if (orphans.length > 0) return `ended ${orphans.length} processes that a stack which was killed had left behind`;
  return pid === null ? `no stack is running on ${home}` : 'stopped';
}
