import { join } from 'node:path';
import { occupyHome, openHome } from './home.js';
import { endOrphans, findOrphans } from './orphans.js';
import type { Part, PartStatus } from './part.js';
import { requireFreePorts } from './ports.js';
import type { RestartPolicy } from './restart-policy.js';
import { loadOrCreateSecrets, type StackSecrets } from './secrets.js';
import { readState, StateFile } from './state-file.js';
import { Supervisor } from './supervisor.js';

export interface RunStackOptions {
  readonly home: string;
  readonly buildParts: (secrets: StackSecrets) => Promise<readonly Part[]>;
  /** The variables that lead to the parts, for the state file. */
  readonly connections: (secrets: StackSecrets) => Record<string, string>;
  readonly onParts?: (parts: readonly PartStatus[]) => void;
  readonly onChange: (status: PartStatus) => void;
  readonly onNotice: (message: string) => void;
  readonly restart?: RestartPolicy;
}

/** A stack that is coming up or is up. */
export interface RunningStack {
  /** Settles when everything is up; rejects with the first failure, after everything was stopped again. */
  readonly ready: Promise<void>;
  statuses(): PartStatus[];
  /** Stops everything in order and lets go of the home. */
  stop(): Promise<void>;
  /** Ends every process at once. */
  kill(): void;
}

/**
 * Takes the home, ends what a killed stack left behind, makes sure of the ports and starts the parts.
 *
 * @throws {ConflictError} if another stack runs on the home, or a port is taken
 * @throws {UnavailableError} if the home cannot be written
 */
export async function runStack(options: RunStackOptions): Promise<RunningStack> {
  const { home, onChange, onNotice, restart } = options;
  openHome(home);
  const release = occupyHome(home);
  try {
    await clearRemains(home, onNotice);
    const secrets = loadOrCreateSecrets(home);
    const parts = await options.buildParts(secrets);
    await requireFreePorts(parts);
    const file = new StateFile(home, options.connections(secrets), new Date().toISOString());
    const supervisor: Supervisor = new Supervisor(parts, {
      logFolder: join(home, 'logs'),
      ...(restart && { restart }),
      onChange: (status) => {
        file.write(supervisor.statuses);
        onChange(status);
      },
    });
    options.onParts?.(supervisor.statuses);
    const stop = async () => {
      await supervisor.stop();
      release();
    };
    const ready = supervisor.start().catch((error) => {
      release();
      throw error;
    });
    // whoever started the stack looks at it when they get to it
    ready.catch(() => undefined);
    return { ready, statuses: () => supervisor.statuses, stop, kill: () => supervisor.kill() };
  } catch (error) {
    release();
    throw error;
  }
}

async function clearRemains(home: string, onNotice: (message: string) => void): Promise<void> {
  const state = readState(home);
  const orphans = state ? findOrphans(state) : [];
  if (orphans.length === 0) return;
  onNotice(`ending ${orphans.length} processes that a stack which was killed left behind (${orphans.join(', ')})`);
  await endOrphans(orphans);
}
