import type { Slot } from '../../core/registry/version.js';

/** One answered prediction, as it is stored and as it waits in the spool. */
export interface PredictionRecord {
  readonly id: number;
  readonly modelVersion: string;
  /** Who answered. */
  readonly variant: Slot;
  /** Who should have answered, as the router dealt it; null for direct callers. */
  readonly assignedVariant: Slot | null;
  readonly experimentId: number | null;
  readonly userId: string | null;
  readonly requestId: string | null;
  /** A mirrored request that no user was answered with. */
  readonly shadow: boolean;
  /** The row predicted from, as JSON text that jsonb accepts (no NUL, no lone surrogate). */
  readonly input: string;
  readonly prediction: number;
  readonly latencyMs: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}
