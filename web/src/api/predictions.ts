/** A prediction that was answered, with what was said of it. */
export interface PredictionView {
  readonly id: number;
  readonly model_version: string;
  readonly variant: 'production' | 'candidate';
  readonly experiment_id: number | null;
  readonly user_id: string | null;
  readonly request_id: string | null;
  readonly shadow: boolean;
  readonly input: Readonly<Record<string, unknown>>;
  readonly prediction: number;
  readonly latency_ms: number;
  readonly feedback: readonly { readonly type: string; readonly value: unknown; readonly created_at: string }[];
  readonly created_at: string;
}

export interface PredictionDetail extends PredictionView {
  readonly unit: string;
  readonly explanation: {
    readonly base_value: number;
    readonly contributions: Readonly<Record<string, number>>;
  } | null;
}

export interface FeedbackEntry {
  readonly id: number;
  readonly prediction_id: number;
  readonly type: string;
  readonly value: unknown;
  readonly model_version: string;
  readonly variant: string;
  readonly prediction: number;
  readonly created_at: string;
  readonly superseded_at: string | null;
}

/** One thing a person said, in words. A comment stays what it is: text of a stranger. */
export function feedbackWords(type: string, value: unknown): string {
  if (type === 'rating') return `${String(value)} of 5 stars`;
  if (type === 'actual_price') return `real price ${String(value)}`;
  if (type !== 'accuracy') return String(value);
  if (typeof value === 'boolean') return value ? 'right' : 'wrong';
  return String(value).replaceAll('_', ' ');
}
