import type { Pool } from 'pg';
import { ConflictError, NotFoundError } from '../../core/errors.js';
import { isDuplicate } from './database-error.js';
import type { KeysetList } from './lists/keyset-list.js';

export const alertMetrics = [
  'drift_score',
  'mean_rating',
  'mean_absolute_error',
  'p95_latency_ms',
  'requests',
] as const;
export type AlertMetric = (typeof alertMetrics)[number];
export type AlertState = 'ok' | 'firing';

export interface AlertSettings {
  readonly name: string;
  readonly metric: AlertMetric;
  readonly comparison: 'above' | 'below';
  readonly threshold: number;
  readonly windowMinutes: number;
  readonly webhookUrl: string;
  readonly enabled: boolean;
}

export interface AlertRule extends AlertSettings {
  readonly id: number;
  readonly project: string;
  readonly state: AlertState;
  /** What the webhook was told last. */
  readonly toldState: AlertState;
  /** At the last check; null when there was nothing to measure. */
  readonly value: number | null;
  /** Why the webhook could not be told. */
  readonly lastError: string | null;
  readonly changedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly createdAt: Date;
}

interface AlertRow {
  id: number;
  project: string;
  name: string;
  metric: AlertMetric;
  comparison: 'above' | 'below';
  threshold: number;
  window_minutes: number;
  webhook_url: string;
  enabled: boolean;
  state: AlertState;
  told_state: AlertState;
  value: number | null;
  last_error: string | null;
  changed_at: Date | null;
  checked_at: Date | null;
  created_at: Date;
}

export const alertList: KeysetList<AlertRow, AlertRule> = {
  table: 'alert_rules',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', state: 'state', metric: 'metric' },
  map: (row) => ({
    id: row.id,
    project: row.project,
    name: row.name,
    metric: row.metric,
    comparison: row.comparison,
    threshold: row.threshold,
    windowMinutes: row.window_minutes,
    webhookUrl: row.webhook_url,
    enabled: row.enabled,
    state: row.state,
    toldState: row.told_state,
    value: row.value,
    lastError: row.last_error,
    changedAt: row.changed_at,
    checkedAt: row.checked_at,
    createdAt: row.created_at,
  }),
};

/** The settings of parameters 2 to 8 are still those of alert $1; its state may be another. */
const AS_BEFORE = `id = $1 and name = $2 and metric = $3 and comparison = $4 and threshold = $5 and window_minutes = $6
  and webhook_url = $7 and enabled = $8`;

export function createAlertStore(pool: Pool) {
  async function one(sql: string, values: unknown[], none: () => Error): Promise<AlertRule> {
    try {
      const { rows } = await pool.query<AlertRow>(sql, values);
      if (!rows[0]) throw none();
      return alertList.map(rows[0]);
    } catch (error) {
      if (isDuplicate(error)) throw new ConflictError('there is an alert of this name already', { cause: error });
      throw error;
    }
  }
  const settings = (rule: AlertSettings) => [
    rule.name,
    rule.metric,
    rule.comparison,
    rule.threshold,
    rule.windowMinutes,
    rule.webhookUrl,
    rule.enabled,
  ];
  const unchanged = (sql: string, before: AlertRule, values: unknown[]) =>
    one(
      sql,
      [before.id, ...settings(before), ...values],
      () => new ConflictError(`somebody else changed alert ${before.id} just now`),
    );

  return {
    get: (id: number) =>
      one('select * from alert_rules where id = $1', [id], () => new NotFoundError(`there is no alert ${id}`)),
    create: (project: string, rule: AlertSettings) =>
      one(
        `insert into alert_rules (project, name, metric, comparison, threshold, window_minutes, webhook_url, enabled)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
        [project, ...settings(rule)],
        () => new Error('an insert returned no row'),
      ),
    /** @throws {ConflictError} when its settings are no longer those of `before` */
    change: (before: AlertRule, rule: AlertSettings) =>
      unchanged(
        `update alert_rules set name = $9, metric = $10, comparison = $11, threshold = $12, window_minutes = $13,
           webhook_url = $14, enabled = $15, updated_at = now() where ${AS_BEFORE} returning *`,
        before,
        settings(rule),
      ),
    /** @throws {ConflictError} when its settings are no longer those of `before` */
    remove: (before: AlertRule) => unchanged(`delete from alert_rules where ${AS_BEFORE} returning *`, before, []),

    /** @param value null leaves the state as it is: nothing measured is no reason to say that all is well */
    async checked(id: number, state: AlertState, value: number | null): Promise<void> {
      await pool.query(
        `update alert_rules set value = $3, checked_at = now(), state = $2,
           changed_at = case when state <> $2 then now() else changed_at end where id = $1`,
        [id, state, value],
      );
    },

    async told(id: number, state: AlertState, error: string | null): Promise<void> {
      await pool.query(
        'update alert_rules set told_state = case when $3::text is null then $2 else told_state end, last_error = $3 where id = $1',
        [id, state, error],
      );
    },

    async enabled(projects: readonly string[]): Promise<AlertRule[]> {
      const { rows } = await pool.query<AlertRow>(
        'select * from alert_rules where enabled and project = any($1) order by id',
        [projects],
      );
      return rows.map(alertList.map);
    },
  };
}
