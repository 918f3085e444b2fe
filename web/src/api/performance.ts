/** One hour of one variant and model version. */
export interface HourView {
  readonly hour: string;
  readonly variant: 'production' | 'candidate';
  readonly model_version: string;
  readonly requests: number;
  readonly users: number;
  readonly mean_latency_ms: number;
  readonly p50_latency_ms: number;
  readonly p95_latency_ms: number;
  readonly p99_latency_ms: number;
  readonly mean_prediction: number;
}

export interface FeedbackTotals {
  readonly variant: string;
  readonly model_version: string;
  readonly ratings: number;
  readonly mean_rating: number | null;
  readonly actual_prices: number;
  readonly mean_absolute_error: number | null;
  readonly actual_classes?: number;
  /** Of the predictions whose true class was told, 0..1. */
  readonly share_right?: number | null;
  readonly comments: number;
}

/** What the models did in a span of time. */
export interface PerformanceView {
  readonly from: string;
  readonly to: string;
  /** Of predictions and errors. */
  readonly unit: string;
  readonly task?: 'regression' | 'classification';
  readonly hours: readonly HourView[];
  readonly feedback: readonly FeedbackTotals[];
}

/** A version's turn in a slot. */
export interface DeploymentView {
  readonly slot: 'production' | 'candidate';
  readonly version: string;
  readonly generation: number;
  readonly reason: string;
  readonly actor: string;
  readonly workflow_id: string | null;
  readonly created_at: string;
  readonly ended_at: string | null;
}
