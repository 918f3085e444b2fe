import type { Row } from '../dataset/row.js';
import type { ModelOutputs } from '../training/model-outputs.js';
import type { StrongestFeature } from './strongest-feature.js';

/** What is known of a trained model when its gates are checked. What was not measured is not judged. */
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
  /** Regression: smallest and largest target of the training rows. */
  readonly trainRange?: { readonly min: number; readonly max: number };
  /** The input that explains most of the target alone. */
  readonly strongestFeature?: StrongestFeature;
  /** Mean time to encode and predict one row, in microseconds. */
  readonly latencyUs?: number;
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
