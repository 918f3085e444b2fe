import { businessMetricDefinitions } from './business-metrics.js';
import { dataMetricDefinitions } from './data-metrics.js';
import { experimentMetricDefinitions } from './experiment-metrics.js';
import type { MetricDefinition } from './metric-definition.js';
import { notificationMetricDefinitions } from './notification-metrics.js';
import { registryMetricDefinitions } from './registry-metrics.js';
import { trackingMetricDefinitions } from './tracking-metrics.js';

/** What the loop has in Postgres, read by the worker at most every few seconds. Counters count rows and so survive a restart. */
export const loopMetricDefinitions = {
  ...experimentMetricDefinitions,
  ...dataMetricDefinitions,
  ...registryMetricDefinitions,
  ...businessMetricDefinitions,
  auditEntries: { type: 'counter', name: 'audit_entries_total', help: 'Entries of the audit log', labels: ['action'] },
  ...notificationMetricDefinitions,
  ...trackingMetricDefinitions,
} as const satisfies Record<string, MetricDefinition>;
