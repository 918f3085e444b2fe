/**
 * Where a part is in its life. A service becomes `ready`, a task is `running` and then `done`; `external` is a real
 * service elsewhere that the stack only checks.
 */
export type PartState =
  | 'waiting'
  | 'preparing'
  | 'starting'
  | 'running'
  | 'ready'
  | 'external'
  | 'done'
  | 'restarting'
  | 'stopping'
  | 'stopped'
  | 'failed';

/** A port a part listens on, and the variable that moves it. */
export interface PortClaim {
  readonly port: number;
  readonly variable: string;
}

/** How a part's process is started. */
export interface Command {
  readonly path: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** What a step of a part may use: a place to report progress to, and the signal that ends the step early. */
export interface StepContext {
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * One part of the stack: a service that stays up, or a task that runs once to its end.
 * A part without a command is external: only its probe runs.
 */
export interface Part {
  readonly name: string;
  readonly kind: 'service' | 'task';
  /** Names of the parts that must be up before this one starts, and that stop after it. */
  readonly needs: readonly string[];
  /** True when the stack stays up although this part failed. */
  readonly optional?: boolean;
  /** What a user opens or connects to, a database with its password; empty for a part without one. */
  readonly address: string;
  readonly ports: readonly PortClaim[];
  /** Everything before the first start: finding the tool, creating the data folder. */
  readonly prepare?: (context: StepContext) => Promise<void>;
  readonly command?: () => Command;
  /** One attempt; throws while the part is not ready. */
  readonly probe?: () => Promise<void>;
  /** Runs whenever the part has become ready, also after a restart, so it has to be idempotent. */
  readonly settle?: (context: StepContext) => Promise<void>;
  readonly version: () => Promise<string>;
  readonly stopSignal: NodeJS.Signals;
  /** How long the part may take to stop before it is killed. */
  readonly stopTimeoutMs: number;
  /** How long the part may take from its start to its first successful probe (a task: to its end). */
  readonly startTimeoutMs: number;
}

/** A part as others see it. */
export interface PartStatus {
  readonly name: string;
  readonly state: PartState;
  /** Process ids, empty while nothing runs here. */
  readonly pids: readonly number[];
  readonly address: string;
  readonly version: string;
  readonly restarts: number;
  /** The last thing worth saying about it. */
  readonly message: string;
  /** Milliseconds from the beginning of its preparation to ready or done; null before that. */
  readonly readyAfterMs: number | null;
}
