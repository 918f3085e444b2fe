import { setTimeout as sleep } from 'node:timers/promises';
import { groupRuns, isSameProcess, processStart } from '../scripts/process-identity.mjs';
import { bootId } from './boot-id.js';
import type { StackState } from './state-file.js';

const GRACE_MS = 15_000;

/**
 * The process groups a stack left behind when it was killed: recorded processes that still run, and groups whose
 * leader has ended and whose members have not (nginx under a router that was killed).
 *
 * @returns group ids, the last started first
 */
export function findOrphans(state: StackState): number[] {
  if (state.bootId !== bootId()) return [];
  return state.processes
    .filter(({ pid, startedAt }) =>
      processStart(pid) === null ? groupRuns(pid) : startedAt !== null && isSameProcess(pid, startedAt),
    )
    .map(({ pid }) => pid)
    .reverse();
}

/** Interrupts the orphans one after the other, so that the database goes last, and kills what does not end. */
export async function endOrphans(groups: readonly number[]): Promise<void> {
  for (const group of groups) {
    const leads = processStart(group) !== null;
    // SIGINT is the shutdown every part knows; for Postgres SIGTERM would wait for its clients
    if (leads) signal(group, 'SIGINT');
    else signal(-group, 'SIGTERM');
    await waitUntil(() => (leads ? processStart(group) === null : !groupRuns(group)), GRACE_MS);
    signal(-group, 'SIGKILL');
    await waitUntil(() => !groupRuns(group), 2_000);
  }
}

async function waitUntil(condition: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition() && performance.now() < deadline) await sleep(30);
}

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch {
    // it has ended meanwhile
  }
}
