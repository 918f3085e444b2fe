import type { RoutingState } from './routing-state.js';

/** How a router ended that nobody stopped. */
export interface RouterExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly message: string;
}

/** What stands on the router's port: nginx, or the built-in one where nginx is not installed. Both behave the same. */
export interface Router {
  readonly kind: 'nginx' | 'built-in';
  /**
   * Resolves when the port answers with this state.
   * @throws {InvalidInputError} on a state or configuration that cannot be used
   * @throws {UnavailableError} when the port is taken or the router does not come up
   */
  start(state: RoutingState): Promise<void>;
  /**
   * Resolves when every new request follows this state; no connection is dropped. Calls are carried out one after
   * another; a state that cannot be used leaves the one before in force.
   * @throws {InvalidInputError} on a state or configuration that cannot be used
   * @throws {ConflictError} when a later generation is already in force
   * @throws {UnavailableError} when the change is not seen to be live in time
   */
  apply(state: RoutingState): Promise<void>;
  /** Takes no new connection, lets requests in flight finish for `graceMs`, then ends. Idempotent. */
  stop(options?: { graceMs?: number }): Promise<void>;
  /** For example `nginx/1.28.0`. */
  version(): string;
  /** Generation in force; -1 before the start. */
  generation(): number;
  /** The port it listens on (useful when 0 was asked for). */
  port(): number;
}
