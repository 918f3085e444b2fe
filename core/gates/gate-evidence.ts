import type { Row } from '../dataset/row.js';
import type { ModelOutputs } from '../training/model-outputs.js';

/** What is known of a trained model when its gates are checked. What was not measured is null, and passes. */
export interface GateEvidence {
  /** Held-out rows that the candidate and the incumbent have not seen; shape (n,). */
  readonly rows: readonly Row[];
  /** Their truth: values, or class numbers in the order of the candidate's labels; shape (n,). */
  readonly actual: Float64Array;
  readonly candidate: ModelOutputs;
  /** The production model on the same rows, its classes in the candidate's order; null before the first model. */
  readonly incumbent: ModelOutputs | null;
  /** The candidate's hold-out figures by name. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What one gate said, and from what. */
export interface GateResult {
  /** `metrics.r2`, `incumbent`, … */
  readonly gate: string;
  readonly passed: boolean;
  /** The figure that was judged, and the line it was held against. */
  readonly value: number;
  readonly limit: number;
  /** One sentence with both. */
  readonly reason: string;
}
