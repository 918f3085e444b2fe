import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processStart } from '../scripts/process-identity.mjs';
import { bootId } from './boot-id.js';
import type { PartStatus } from './part.js';

const processSchema = z.object({ pid: z.number().int(), startedAt: z.string().nullable() });

const stateSchema = z.object({
  /** The supervisor. */
  supervisor: processSchema,
  startedAt: z.string(),
  /** Pids of another boot mean nothing. */
  bootId: z.string(),
  /** The variables by which a process finds the parts, secrets included: the file has mode 0600. */
  env: z.record(z.string(), z.string()),
  parts: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      pids: z.array(z.number().int()),
      address: z.string(),
      version: z.string(),
      restarts: z.number().int(),
      message: z.string(),
      readyAfterMs: z.number().nullable(),
    }),
  ),
  /** Every process of a part, with the token that tells it from a later process of the same pid. */
  processes: z.array(processSchema),
});

export type StackState = z.infer<typeof stateSchema>;

export function stateFile(home: string): string {
  return join(home, 'stack.json');
}

/** What the last stack on a home wrote; null when there is nothing or nothing readable. */
export function readState(home: string): StackState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(stateFile(home), 'utf8')));
  } catch {
    return null;
  }
}

/** Keeps the state file of a running stack up to date; a reader always finds a whole one. */
export class StateFile {
  readonly #home: string;
  readonly #fixed: Pick<StackState, 'supervisor' | 'startedAt' | 'bootId' | 'env'>;

  /** @param now ISO time of the start */
  constructor(home: string, env: Record<string, string>, now: string) {
    this.#home = home;
    this.#fixed = {
      supervisor: { pid: process.pid, startedAt: processStart(process.pid) },
      startedAt: now,
      bootId: bootId(),
      env,
    };
  }

  write(parts: readonly PartStatus[]): void {
    const pids = parts.flatMap((part) => part.pids);
    const processes = pids.map((pid) => ({ pid, startedAt: processStart(pid) }));
    const state: StackState = {
      ...this.#fixed,
      parts: parts.map((part) => ({ ...part, pids: [...part.pids] })),
      processes,
    };
    const file = stateFile(this.#home);
    writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
