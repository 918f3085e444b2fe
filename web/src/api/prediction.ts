import { ApiError, type FieldProblem, requestJson } from './http.js';

export const areaTypes = ['Super built-up Area', 'Built-up Area', 'Plot Area', 'Carpet Area'] as const;
export type AreaType = (typeof areaTypes)[number];

/** A home as the model knows it. */
export interface Home {
  readonly location: string;
  readonly total_sqft: number;
  readonly bhk: number;
  readonly bath: number;
  readonly balcony: number;
  readonly area_type: AreaType;
}

/** Amounts in lakh INR. */
export interface Estimate {
  readonly prediction_id: number;
  readonly estimated_price: number;
  readonly unit: string;
  readonly model_version: string;
  readonly latency_ms: number;
  readonly timestamp: string;
  /** What the model made of unusual input, for example a location it does not know. */
  readonly warnings?: readonly (string | FieldProblem)[];
  /** `coverage` of the trees' answers lie between `low` and `high`; 0..1. */
  readonly interval?: { readonly low: number; readonly high: number; readonly coverage: number };
  /** `base_value` plus all contributions is the estimate. */
  readonly explanation?: {
    readonly base_value: number;
    readonly contributions: Readonly<Record<string, number>>;
  };
}

export type Feedback =
  | { readonly feedback_type: 'rating'; readonly feedback_value: number }
  | { readonly feedback_type: 'accuracy'; readonly feedback_value: 'too_high' | 'fair' | 'too_low' }
  | { readonly feedback_type: 'actual_price'; readonly feedback_value: number }
  | { readonly feedback_type: 'comment'; readonly feedback_value: string };
export type FeedbackType = Feedback['feedback_type'];

export async function fetchLocations(signal?: AbortSignal): Promise<readonly string[]> {
  const options = signal === undefined ? {} : { signal };
  return (await requestJson<{ locations: string[] }>('/api/get_location_names', options)).locations;
}

/**
 * The estimate with its range and its reasons; without them where the model in service cannot give them.
 *
 * @throws {ApiError}
 */
export async function estimatePrice(home: Home, signal: AbortSignal): Promise<Estimate> {
  const path = '/api/predict_home_price';
  const options = { method: 'POST', body: home, signal } as const;
  try {
    return await requestJson(`${path}?interval=true&explain=true`, options);
  } catch (error) {
    // 422 without a field at fault: it is not the home that was refused
    if (!(error instanceof ApiError) || error.status !== 422 || error.fields.length > 0) throw error;
    return requestJson(path, options);
  }
}

/** A second answer of the same type to the same estimate replaces the first. */
export async function sendFeedback(predictionId: number, feedback: Feedback): Promise<void> {
  await requestJson('/api/feedback', { method: 'POST', body: { prediction_id: predictionId, ...feedback } });
}

/** Takes the answer of a type back: it counts no more. */
export async function withdrawFeedback(predictionId: number, type: FeedbackType): Promise<void> {
  await requestJson('/api/feedback/withdraw', {
    method: 'POST',
    body: { prediction_id: predictionId, feedback_type: type },
  });
}

/** Homes of the training data that are most like one. Amounts in lakh INR. */
export interface SimilarHomes {
  readonly dataset: string;
  /** How many the figures are of; those listed are the nearest of them. */
  readonly compared: number;
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly items: readonly {
    readonly total_sqft: number;
    readonly bhk: number;
    readonly bath: number | null;
    readonly area_type: string | null;
    readonly price: number;
  }[];
}

export const findSimilarHomes = (home: Home, signal: AbortSignal): Promise<SimilarHomes> =>
  requestJson(
    `/api/similar_homes?${new URLSearchParams(Object.entries(home).map(([name, value]): [string, string] => [name, String(value)]))}`,
    { signal },
  );
