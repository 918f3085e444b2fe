import { controlPath } from './control.js';
import { requestJson } from './http.js';

export const alertMetrics = [
  'drift_score',
  'mean_rating',
  'mean_absolute_error',
  'p95_latency_ms',
  'requests',
] as const;
export type AlertMetric = (typeof alertMetrics)[number];

export interface AlertView {
  readonly id: number;
  readonly name: string;
  readonly metric: AlertMetric;
  readonly comparison: 'above' | 'below';
  readonly threshold: number;
  readonly window_minutes: number;
  readonly webhook_url: string;
  readonly enabled: boolean;
  readonly state: 'ok' | 'firing';
  readonly value: number | null;
  readonly last_error: string | null;
  readonly changed_at: string | null;
}

export interface NewAlert {
  readonly name: string;
  readonly metric: AlertMetric;
  readonly comparison: 'above' | 'below';
  readonly threshold: number;
  readonly window_minutes: number;
  readonly webhook_url: string;
}

/** A message to people, and what became of it. */
export interface DeliveryView {
  readonly id: number;
  readonly kind: string;
  readonly channel: string;
  readonly title: string;
  readonly text: string;
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly created_at: string;
}

/** Where people hear of the loop. */
export interface ChannelView {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly target: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
}

const alerts = (id?: number): string => controlPath(id === undefined ? 'monitoring/alerts' : `monitoring/alerts/${id}`);

export const createAlert = (project: string, alert: NewAlert): Promise<unknown> =>
  requestJson(alerts(), { method: 'POST', body: { project, ...alert } });

export const switchAlert = (id: number, enabled: boolean): Promise<unknown> =>
  requestJson(alerts(id), { method: 'PATCH', body: { enabled } });

export const removeAlert = (id: number): Promise<unknown> => requestJson(alerts(id), { method: 'DELETE' });

export const sendTestMessage = (project: string): Promise<unknown> =>
  requestJson(controlPath('monitoring/alerts/test'), { method: 'POST', body: { project } });
