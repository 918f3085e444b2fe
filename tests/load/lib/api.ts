import http from 'k6/http';
import { randomHome } from './homes.ts';
import { metrics } from './metrics.ts';
import { settings } from './settings.ts';

export interface Prediction {
  readonly prediction_id: number;
  readonly estimated_price: number;
  readonly model_version: string;
  readonly variant: 'production' | 'candidate';
}

const headers = (user: string) => ({ 'Content-Type': 'application/json', 'X-User-Id': user });

/** The places that can be asked about; without them there is nothing to test. */
export function readLocations(): string[] {
  const answer = http.get(`${settings.router}/api/get_location_names`);
  if (answer.status !== 200) throw new Error(`${settings.router} answered ${answer.status} for the location names`);
  return (answer.json() as unknown as { locations: string[] }).locations;
}

/** One user asks for one price. @returns null if there was no usable answer */
export function predict(user: string, locations: readonly string[]): Prediction | null {
  const answer = http.post(`${settings.router}/api/predict_home_price`, JSON.stringify(randomHome(locations)), {
    headers: headers(user),
    timeout: '10s',
    tags: { name: 'predict' },
  });
  metrics.predictionDuration.add(answer.timings.duration);
  const prediction = answer.status === 200 ? (answer.json() as unknown as Prediction) : null;
  const usable = prediction !== null && prediction.prediction_id > 0 && prediction.estimated_price > 0;
  metrics.predictionFailed.add(!usable);
  if (!usable) return null;
  metrics.candidateShare.add(prediction.variant === 'candidate');
  return prediction;
}

/** The user gives stars for the estimate. @returns whether they were acknowledged */
export function rate(user: string, prediction: Prediction, stars: number): boolean {
  const body = { prediction_id: prediction.prediction_id, feedback_type: 'rating', feedback_value: stars };
  const answer = http.post(`${settings.router}/api/feedback`, JSON.stringify(body), {
    headers: headers(user),
    timeout: '10s',
    tags: { name: 'feedback' },
  });
  metrics.feedbackDuration.add(answer.timings.duration);
  const acknowledged = answer.status >= 200 && answer.status < 300;
  metrics.feedbackFailed.add(!acknowledged);
  return acknowledged;
}
