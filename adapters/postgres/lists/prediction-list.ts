import type { Row } from '../../../core/dataset/row.js';
import type { Slot } from '../../../core/registry/version.js';
import type { LoggedPrediction } from '../prediction-reader.js';
import type { KeysetList } from './keyset-list.js';

interface PredictionRow {
  readonly id: number;
  readonly created_at: Date;
  readonly variant: Slot;
  readonly assigned_variant: Slot | null;
  readonly model_version: string;
  readonly experiment_id: number | null;
  readonly user_id: string | null;
  readonly request_id: string | null;
  readonly shadow: boolean;
  readonly input: Row;
  readonly prediction: number;
  readonly latency_ms: number;
}

export const predictionList: KeysetList<PredictionRow, LoggedPrediction> = {
  table: 'predictions',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: {
    project: 'project',
    id: 'id',
    variant: 'variant',
    model_version: 'model_version',
    experiment_id: 'experiment_id',
    user_id: 'user_id',
    request_id: 'request_id',
  },
  map: (row) => ({
    id: Number(row.id),
    at: row.created_at.toISOString(),
    variant: row.variant,
    assignedVariant: row.assigned_variant,
    modelVersion: row.model_version,
    experimentId: row.experiment_id === null ? null : Number(row.experiment_id),
    userId: row.user_id,
    requestId: row.request_id,
    shadow: row.shadow,
    input: row.input,
    prediction: row.prediction,
    latencyMs: row.latency_ms,
  }),
};

/** One thing somebody said about a prediction; an answer that was replaced later stays in the list. */
export interface ListedFeedback {
  readonly id: number;
  readonly predictionId: number;
  readonly type: string;
  readonly value: unknown;
  readonly modelVersion: string;
  readonly variant: string;
  readonly prediction: number;
  readonly createdAt: Date;
  readonly supersededAt: Date | null;
}

interface FeedbackRow {
  readonly id: number;
  readonly prediction_id: number;
  readonly type: string;
  readonly value: unknown;
  readonly model_version: string;
  readonly variant: string;
  readonly prediction: number;
  readonly created_at: Date;
  readonly superseded_at: Date | null;
}

export const feedbackList: KeysetList<FeedbackRow, ListedFeedback> = {
  table: 'feedback',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: {
    project: 'project',
    type: 'type',
    prediction_id: 'prediction_id',
    model_version: 'model_version',
    variant: 'variant',
  },
  map: (row) => ({
    id: Number(row.id),
    predictionId: Number(row.prediction_id),
    type: row.type,
    value: row.value,
    modelVersion: row.model_version,
    variant: row.variant,
    prediction: row.prediction,
    createdAt: row.created_at,
    supersededAt: row.superseded_at,
  }),
};
