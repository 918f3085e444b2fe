import type { z } from 'zod';
import type { CleanedDataset } from './dataset/profile.js';
import type { Row } from './dataset/row.js';
import type { DecisionRule } from './experiment/decision-rule.js';
import type { FeatureSpec } from './features/feature-spec.js';

/** Where a project's raw training data comes from. The snapshot is always made by `clean`. */
export interface DatasetSource<R extends Row> {
  /** Environment variable that names a raw CSV file; when it is unset and nothing was uploaded, `generate` is used. */
  readonly fileVariable: string;
  /** Raw CSV text of the project's format, `rows` long, the same for the same seed. */
  generate(options: { readonly randomState: number; readonly rows?: number }): string;
  /** Columns of a training snapshot, in order: the inputs, the target and `source`. */
  readonly columns: readonly string[];
  /**
   * Raw CSV text → clean rows with a report of every rule.
   * @param feedback rows made by `feedbackRows`; they go through the rules with the raw ones
   * @throws {DatasetInvalidError} when the file is not of the raw format (empty, wrong columns, binary, …) or no row is left
   */
  clean(rawCsv: string, feedback?: readonly Row[]): CleanedDataset<R>;
}

export interface TrainingSettings {
  /** `forest` is core/forest; `ml-random-forest` is the npm package, for small data. */
  readonly algorithm: 'forest' | 'ml-random-forest';
  readonly hyperparameters: {
    readonly trees: number;
    readonly maxDepth: number;
    readonly minSamplesLeaf: number;
    /** Features tried at each split: below 1 a share of them, from 1 on a count. */
    readonly maxFeatures: number;
  };
  /** Share of rows held out for evaluation, (0, 1). */
  readonly testRatio: number;
  /** Fewer clean rows than this stop the training. */
  readonly minRows: number;
}

export interface GateSettings {
  /** The candidate's hold-out R² must reach this. */
  readonly minR2: number;
  /** The candidate's hold-out MAE may exceed the incumbent's, on the same rows, by this share. 0.02 = 2 %. */
  readonly maxMaeRegression: number;
}

export interface DriftSettings {
  /** A feature's mean may move by this percentage of the reference before `significant_drift`. */
  readonly percentageThreshold: number;
  /** `model_drift_score` above this raises the alert. */
  readonly scoreThreshold: number;
}

/** Cron expressions, evaluated in `timezone` (IANA name). */
export interface ProjectSchedules {
  readonly train: string;
  readonly evaluate: string;
  readonly drift: string;
  readonly timezone: string;
}

/** One thing being predicted: everything the platform needs to know about it, declared in one folder under projects/. */
export interface ModelProject<R extends Row = Row> {
  /** kebab-case, unique; the label in metrics, ids and schedules. */
  readonly name: string;
  /** Artifact prefix in S3: `{prefix}_BO{n}/`, `{prefix}_CO{n}/`. */
  readonly prefix: string;
  readonly title: string;
  readonly task: 'regression' | 'classification';
  readonly target: { readonly column: string; readonly unit: string };
  /**
   * Validates one prediction request (JSON or form values) into a row with every input column present
   * (missing optional ones null). Its messages are what the caller reads.
   */
  readonly input: z.ZodType<R>;
  readonly features: readonly FeatureSpec[];
  readonly dataset: DatasetSource<R>;
  readonly training: TrainingSettings;
  readonly gates: GateSettings;
  readonly decision: DecisionRule;
  /** Share of users that an experiment sends to the candidate, percent. */
  readonly candidateWeightPercent: number;
  readonly drift: DriftSettings;
  readonly schedules: ProjectSchedules;
}

/** Identity with type checking: write projects through it. */
export function defineModelProject<R extends Row>(project: ModelProject<R>): ModelProject<R> {
  return project;
}
