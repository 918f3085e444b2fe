/** How a part that ended by itself is started again. */
export interface RestartPolicy {
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** A part that stayed up this long starts again from the first delay. */
  readonly healthyAfterMs: number;
}

export const defaultRestartPolicy: RestartPolicy = { firstDelayMs: 500, maxDelayMs: 30_000, healthyAfterMs: 60_000 };

/**
 * Exponential back-off: the delay doubles with every failure in a row, up to the maximum.
 *
 * @param failures failures in a row before this start, ≥ 0
 * @returns milliseconds
 */
export function restartDelay(policy: RestartPolicy, failures: number): number {
  return Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(failures, 30));
}
