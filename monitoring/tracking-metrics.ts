import type { MetricDefinition } from './metric-definition.js';

/** The mirror in a tracking server (MLflow): what it has not heard of yet. */
export const trackingMetricDefinitions = {
  trackingOutbox: {
    type: 'gauge',
    name: 'tracking_outbox_rows',
    help: 'Runs, model versions and slots that changed since the tracking server last heard of them',
    labels: ['kind'],
  },
  trackingRefused: {
    type: 'gauge',
    name: 'tracking_outbox_refused_rows',
    help: 'Of these, the ones that the tracking server refused; they are tried again',
  },
  trackingOldest: {
    type: 'gauge',
    name: 'tracking_outbox_oldest_seconds',
    help: 'How long the oldest change has been waiting for the tracking server',
  },
} as const satisfies Record<string, MetricDefinition>;
