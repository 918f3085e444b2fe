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

/** What people set of an alert. */
export interface AlertSettings {
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

export const channelKinds = ['slack', 'email', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Kinds of events that a channel can be kept to. */
export const loopEvents = [
  'promoted',
  'rolled_back',
  'training_failed',
  'drift',
  'approval_wanted',
  'approval_reminder',
  'approval_decided',
  'emergency_stop',
  'experiment_ended',
] as const;
export type LoopEvent = (typeof loopEvents)[number];

/** Where people hear of the loop. */
export interface ChannelView {
  readonly id: number;
  readonly name: string;
  readonly kind: ChannelKind;
  /** Of a webhook the host alone. */
  readonly target: string;
  /** None: all of them. */
  readonly events: readonly LoopEvent[];
  readonly enabled: boolean;
}

/** What people set of a channel; what is not given of a channel that is there stays as it is. */
export interface ChannelSettings {
  readonly name: string;
  readonly target?: string;
  readonly secret?: string;
  readonly events: readonly LoopEvent[];
}

const alerts = (id?: number): string => controlPath(id === undefined ? 'monitoring/alerts' : `monitoring/alerts/${id}`);
const channels = (id?: number): string =>
  controlPath(id === undefined ? 'monitoring/channels' : `monitoring/channels/${id}`);

export const createAlert = (project: string, alert: AlertSettings): Promise<unknown> =>
  requestJson(alerts(), { method: 'POST', body: { project, ...alert } });

export const changeAlert = (id: number, change: Partial<AlertSettings & { enabled: boolean }>): Promise<unknown> =>
  requestJson(alerts(id), { method: 'PATCH', body: change });

export const removeAlert = (id: number): Promise<unknown> => requestJson(alerts(id), { method: 'DELETE' });

export const createChannel = (project: string, kind: ChannelKind, channel: ChannelSettings): Promise<unknown> =>
  requestJson(channels(), { method: 'POST', body: { project, kind, ...channel } });

export const changeChannel = (id: number, change: Partial<ChannelSettings & { enabled: boolean }>): Promise<unknown> =>
  requestJson(channels(id), { method: 'PATCH', body: change });

export const removeChannel = (id: number): Promise<unknown> => requestJson(channels(id), { method: 'DELETE' });

export const sendTestMessage = (project: string): Promise<unknown> =>
  requestJson(controlPath('monitoring/alerts/test'), { method: 'POST', body: { project } });
