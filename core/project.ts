import type { z } from 'zod';
import type { CleanedDataset } from './dataset/profile.js';
import type { Row } from './dataset/row.js';
import type { DecisionRule } from './experiment/decision-rule.js';
import type { ExperimentOptions } from './experiment/experiment-settings.js';
import type { JudgedBy } from './experiment/judged-by.js';
import type { FeatureSpec } from './features/feature-spec.js';
import type { GateSettings } from './gates/gate-settings.js';
import type { TrainingSettings } from './training/training-settings.js';

/**
 * Where raw CSV text comes from.
 * file: a file of this machine (with a URL: relative to the project's own folder). s3: an object; without `bucket` in the
 * bucket of the artifacts. postgres: the rows of a query; `urlVariable` names the environment variable with the address,
 * default DATABASE_URL. package: what an npm package holds. upload: only what was uploaded through the control API.
 */
export type RawSource =
  | { readonly kind: 'file'; readonly path: string | URL }
  | { readonly kind: 's3'; readonly key: string; readonly bucket?: string }
  | { readonly kind: 'postgres'; readonly query: string; readonly urlVariable?: string }
  | { readonly kind: 'package'; readonly package: string; readonly read: () => string | Promise<string> }
  | { readonly kind: 'upload' };

/** A project's raw training data. The snapshot is always made by `clean`. */
export interface DatasetSource<R extends Row> {
  /** Environment variable that may name a raw CSV file: it goes before `source`. What was uploaded goes before both. */
  readonly fileVariable?: string;
  /** Without one, `generate` makes the data. */
  readonly source?: RawSource;
  /** Raw CSV text of the project's format, `rows` long, the same for the same seed. */
  generate?(options: { readonly randomState: number; readonly rows?: number }): string;
  /** Columns of a training snapshot, in order: the inputs, the target and `source`. */
  readonly columns: readonly string[];
  /**
   * Raw CSV text → clean rows with a report of every rule.
   * @param feedback rows made by `feedbackRows`; they go through the rules with the raw ones
   * @throws {DatasetInvalidError} when the file is not of the raw format (empty, wrong columns, binary, …) or no row is left
   */
  clean(rawCsv: string, feedback?: readonly Row[]): CleanedDataset<R>;
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

/** Where the project's own services listen in the local stack. No two projects of one stack share a port. */
export interface ProjectPorts {
  readonly router: number;
  readonly production: number;
  readonly candidate: number;
}

/** Paths of the project's own, beside the ones every project has. */
export interface ProjectEndpoints {
  /** `POST /api/predict_{name}`: the inputs by name, JSON or form → the prediction as `answer`. */
  readonly predict?: {
    readonly name: string;
    /** What the predicted value is called in the answer. */
    readonly answer: string;
    /** Decimal places of a predicted number; default: all. */
    readonly decimals?: number;
  };
  /** `GET /api/get_{name}`: the categories of an input that the served model knows, as `answer`. */
  readonly categories?: readonly { readonly name: string; readonly column: string; readonly answer: string }[];
  /** `GET /api/similar_{name}`: the training rows most like an input; for a regression. */
  readonly similar?: { readonly name: string };
}

/** How requests are dealt to the two variants. */
export interface SplitSettings {
  /** user: the same user stays with one variant for a whole experiment. request: each request is drawn anew. */
  readonly assignment: 'user' | 'request';
  /** Environment variables that may set the shares of production and candidate; they need not add up to 100. */
  readonly weightVariables?: { readonly production: string; readonly candidate: string };
}

/** One thing being predicted: everything the platform needs to know about it, declared in one folder under projects/. */
export interface ModelProject<R extends Row = Row> {
  /** kebab-case, unique; the label in metrics, ids and schedules. */
  readonly name: string;
  /** Artifact prefix in S3: `{prefix}_BO{n}/`, `{prefix}_CO{n}/`. */
  readonly prefix: string;
  readonly title: string;
  readonly task: 'regression' | 'classification';
  readonly target: {
    readonly column: string;
    readonly unit: string;
    /** Classification: every class by its name in the snapshot; the position is the number that is predicted. */
    readonly classes?: readonly string[];
  };
  /**
   * Validates one prediction request (JSON or form values) into a row with every input column present
   * (missing optional ones null). Its messages are what the caller reads.
   */
  readonly input: z.ZodType<R>;
  readonly features: readonly FeatureSpec[];
  /** One input, as a newcomer may try it. */
  readonly example?: Readonly<Record<string, unknown>>;
  readonly dataset: DatasetSource<R>;
  readonly training: TrainingSettings;
  readonly gates: GateSettings;
  readonly decision: DecisionRule;
  /** Share of users that an experiment sends to the candidate, percent. */
  readonly candidateWeightPercent: number;
  /** Shadow, ramp and approval; default: the full weight at once, and nobody is asked. */
  readonly experiment?: ExperimentOptions;
  /** Default: by user, and no variables. */
  readonly split?: SplitSettings;
  readonly endpoints?: ProjectEndpoints;
  /**
   * What the accuracy part of the hourly decision counts. ratings: people's stars. labels: the true values that are
   * reported afterwards (`actual_class`), right = 5, wrong = 0. Default: ratings.
   */
  readonly judgedBy?: JudgedBy;
  /** In the local stack; default: the first ones that no other project names. */
  readonly ports?: ProjectPorts;
  /** What `model_version_requests_total` calls the versions of the two variants, in place of BO1 or CO1. */
  readonly versionNames?: { readonly production: string; readonly candidate: string };
  readonly drift: DriftSettings;
  readonly schedules: ProjectSchedules;
}

/** Identity with type checking: write projects through it. */
export function defineModelProject<P extends ModelProject>(project: P): P {
  return project;
}
