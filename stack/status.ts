import { lockHolder } from '../scripts/file-lock.mjs';
import { stackLockFile } from './home.js';
import type { PartState, PartStatus } from './part.js';
import { readState } from './state-file.js';

export interface HomeStatus {
  readonly home: string;
  readonly running: boolean;
  /** Every part is up. */
  readonly healthy: boolean;
  /** The supervisor's. */
  readonly pid: number | null;
  readonly startedAt: string | null;
  /** The variables that lead to the local parts, secrets included. */
  readonly env: Readonly<Record<string, string>>;
  readonly parts: readonly PartStatus[];
}

const up = new Set<PartState>(['ready', 'external', 'done']);

/** What runs on a home. Of a stack that was killed nothing is told but that it does not run. */
export function homeStatus(home: string): HomeStatus {
  const pid = lockHolder(stackLockFile(home));
  const state = readState(home);
  // a stack that has only just begun has not written anything yet: what is there is of the one before
  if (pid === null || state?.supervisor.pid !== pid) {
    return { home, running: pid !== null, healthy: false, pid, startedAt: null, env: {}, parts: [] };
  }
  const parts = state.parts.map((part) => ({ ...part, state: part.state as PartState }));
  return {
    home,
    running: true,
    healthy: parts.every((part) => up.has(part.state)),
    pid,
    startedAt: state.startedAt,
    env: state.env,
    parts,
  };
}
