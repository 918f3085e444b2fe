import { z } from 'zod';
import { type AlertRule, alertMetrics } from '../../adapters/postgres/alert-store.js';
import { instant, iso, isoOrNull } from './fields.js';

export const alertFields = {
  name: z.string().trim().min(1).max(100),
  metric: z
    .enum(alertMetrics)
    .describe(
      'Of the production model; drift_score is that of the latest report, p95_latency_ms that of the newest 50,000 requests',
    ),
  comparison: z.enum(['above', 'below']),
  threshold: z.number(),
  window_minutes: z.int().min(1).max(10_080),
  webhook_url: z.url().max(2000).describe('Gets a JSON post when the alert fires and when it is over'),
  enabled: z.boolean(),
};

export const alertSchema = z
  .object({
    id: z.int(),
    project: z.string(),
    ...alertFields,
    webhook_url: z.string().describe('Host only: the rest may be a secret'),
    state: z.enum(['ok', 'firing']),
    value: z.number().nullable().describe('At the last check'),
    last_error: z.string().nullable(),
    changed_at: instant.nullable(),
    checked_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'Alert' });

export type AlertView = z.input<typeof alertSchema>;

export function alertView(rule: AlertRule): AlertView {
  return {
    id: rule.id,
    project: rule.project,
    name: rule.name,
    metric: rule.metric,
    comparison: rule.comparison,
    threshold: rule.threshold,
    window_minutes: rule.windowMinutes,
    webhook_url: new URL(rule.webhookUrl).origin,
    enabled: rule.enabled,
    state: rule.state,
    value: rule.value,
    last_error: rule.lastError,
    changed_at: isoOrNull(rule.changedAt),
    checked_at: isoOrNull(rule.checkedAt),
    created_at: iso(rule.createdAt),
  };
}

/** What people set: the rest changes by itself, and a change is not held against it. */
export function alertSettings(view: AlertView) {
  const { state, value, last_error, changed_at, checked_at, ...settings } = view;
  return settings;
}
