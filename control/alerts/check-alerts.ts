import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { AuditLog } from '../../activities/ports.js';
import type { Webhook } from '../../adapters/notify/webhook.js';
import { readAlertMetric } from '../../adapters/postgres/alert-readings.js';
import { type AlertRule, type AlertState, createAlertStore } from '../../adapters/postgres/alert-store.js';
import { transaction } from '../../adapters/postgres/transaction.js';

export interface AlertDeps {
  readonly pool: Pool;
  readonly projects: readonly { readonly name: string }[];
  readonly webhook: Webhook;
  readonly audit: AuditLog;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** `ok` and `firing` by the threshold; with nothing measured it stays what it was. */
export function alertState(
  rule: Pick<AlertRule, 'comparison' | 'threshold' | 'state'>,
  value: number | null,
): AlertState {
  if (value === null) return rule.state;
  const beyond = rule.comparison === 'above' ? value > rule.threshold : value < rule.threshold;
  return beyond ? 'firing' : 'ok';
}

function message(
  { project, name, metric, comparison, threshold, windowMinutes }: AlertRule,
  state: AlertState,
  value: number | null,
) {
  const reading = value === null ? 'nothing measured' : `${metric} is ${Number(value.toPrecision(6))}`;
  return {
    // what chat programs show
    text: `${state === 'firing' ? 'ALERT' : 'Resolved'}: ${project}, ${name}: ${reading} (alert when ${comparison} ${threshold} over ${windowMinutes} min)`,
    alert: { project, name, state, metric, value, comparison, threshold, window_minutes: windowMinutes },
  };
}

/**
 * Looks at every enabled alert once and tells the webhooks of those whose state is not what was told last. A webhook that could not be
 * told is told at the next look.
 */
export async function checkAlerts({ pool, projects, webhook, audit, logger, now }: AlertDeps): Promise<void> {
  const alerts = createAlertStore(pool);
  await transaction(pool, async (client) => {
    // several control services look at the same alerts: one at a time, the others let this round pass
    const { rows } = await client.query<{ mine: boolean }>(
      "select pg_try_advisory_xact_lock(hashtext('alerts')) as mine",
    );
    if (!rows[0]?.mine) return;
    for (const rule of await alerts.enabled(projects.map(({ name }) => name))) {
      const since = new Date(now().getTime() - rule.windowMinutes * 60_000);
      const value = await readAlertMetric(pool, rule.metric, rule.project, since);
      const state = alertState(rule, value);
      await alerts.checked(rule.id, state, value);
      if (state !== rule.state) {
        const change = { project: rule.project, action: `alert.${state}`, actor: 'incumbent', subject: rule.name };
        await audit.append(
          { ...change, details: { metric: rule.metric, value } },
          `alert-${rule.id}-${now().toISOString()}`,
        );
        logger.warn({ project: rule.project, alert: rule.name, state, value }, 'alert changed');
      }
      if (state === rule.toldState) continue;
      try {
        await webhook.post(rule.webhookUrl, message(rule, state, value));
        await alerts.told(rule.id, state, null);
      } catch (error) {
        await alerts.told(rule.id, state, (error as Error).message);
        logger.warn({ alert: rule.name, reason: (error as Error).message }, 'webhook not told');
      }
    }
  });
}

const EVERY_MS = 30_000;

/** Looks again and again until it is stopped. */
export function watchAlerts(deps: AlertDeps, everyMs = EVERY_MS): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let look: Promise<void> = Promise.resolve();
  const tick = () => {
    look = checkAlerts(deps)
      .catch((error: unknown) => deps.logger.warn({ err: error }, 'alerts not checked'))
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, everyMs);
      });
  };
  timer = setTimeout(tick, everyMs);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await look;
    },
  };
}
