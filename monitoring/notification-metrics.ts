import type { MetricDefinition } from './metric-definition.js';

/** Messages to people, from the log of deliveries. */
export const notificationMetricDefinitions = {
  notifications: {
    type: 'counter',
    name: 'notification_deliveries_total',
    help: 'Messages that reached a receiver or will not, by kind of channel and outcome (sent, failed)',
    labels: ['project', 'channel', 'outcome'],
  },
  notificationsPending: {
    type: 'gauge',
    name: 'notification_deliveries_pending',
    help: 'Messages on their way, those that are tried again among them',
    labels: ['project'],
  },
} as const satisfies Record<string, MetricDefinition>;
