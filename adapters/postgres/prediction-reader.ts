import type { Pool } from 'pg';
import type { Row } from '../../core/dataset/row.js';
import type { Slot } from '../../core/registry/version.js';

/** A place between two log entries: the newest ones are read first. */
export interface LogCursor {
  /** As Postgres writes it, with microseconds. */
  readonly at: string;
  readonly id: number;
}

export interface LogFilter {
  readonly variant?: Slot | undefined;
  readonly modelVersion?: string | undefined;
  readonly userId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly before?: LogCursor | undefined;
  readonly limit: number;
}

export interface LoggedPrediction {
  readonly id: number;
  readonly at: string;
  readonly variant: Slot;
  readonly assignedVariant: Slot | null;
  readonly modelVersion: string;
  readonly experimentId: number | null;
  readonly userId: string | null;
  readonly requestId: string | null;
  readonly shadow: boolean;
  readonly input: Row;
  readonly prediction: number;
  readonly latencyMs: number;
}

export interface LoggedFeedback {
  readonly id: number;
  readonly predictionId: number;
  readonly type: string;
  readonly value: unknown;
  readonly at: string;
}

/** Predictions of a project, newest first. */
export async function readPredictions(pool: Pool, project: string, filter: LogFilter): Promise<LoggedPrediction[]> {
  const values: unknown[] = [project];
  const conditions = ['project = $1'];
  const where = (condition: (parameter: string) => string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `variant = ${p}`, filter.variant);
  where((p) => `model_version = ${p}`, filter.modelVersion);
  where((p) => `user_id = ${p}`, filter.userId);
  where((p) => `created_at >= ${p}`, filter.from);
  where((p) => `created_at < ${p}`, filter.to);
  if (filter.before) {
    values.push(filter.before.at, filter.before.id);
    const at = `$${values.length - 1}::timestamptz`;
    // the first condition only tells the planner which partitions to leave out
    conditions.push(`created_at <= ${at} and (created_at, id) < (${at}, $${values.length})`);
  }
  values.push(filter.limit);
  const { rows } = await pool.query<LoggedPrediction>(
    `select id, to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, variant,
            assigned_variant as "assignedVariant", model_version as "modelVersion", experiment_id as "experimentId",
            user_id as "userId", request_id as "requestId", shadow, input, prediction, latency_ms as "latencyMs"
     from predictions where ${conditions.join(' and ')}
     order by created_at desc, id desc limit $${values.length}`,
    values,
  );
  return rows;
}

/** What was said about these predictions and still holds, oldest first. */
export async function readFeedback(pool: Pool, predictionIds: readonly number[]): Promise<LoggedFeedback[]> {
  const { rows } = await pool.query<LoggedFeedback>(
    `select id, prediction_id as "predictionId", type, value,
            to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from feedback where prediction_id = any($1) and superseded_at is null order by id`,
    [predictionIds],
  );
  return rows;
}
