import { createHash } from 'node:crypto';
import type { Pool } from 'pg';

/** What the pages of operations show, and what in the database says that it has changed. All reads go through an index. */
const fingerprints = {
  slots: `select string_agg(concat(slot, version, generation), ' ' order by slot) from slots where project = $1`,
  instances: `select string_agg(concat(id, version, generation, error, seen_at > now() - interval '10 s'), ' ' order by id)
    from instances where project = $1 and seen_at > now() - interval '10 min'`,
  experiments: `select string_agg(concat(id, state, outcome, candidate_weight_percent, ramp_step, started_at, ended_at), ' ' order by id)
    from (select * from experiments where project = $1 order by created_at desc, id desc limit 5) latest`,
  decisions: `select max(id) from decisions where project = $1`,
  approvals: `select concat(max(id), ' ', count(*) filter (where state = 'pending'), ' ', max(decided_at)) from approvals where project = $1`,
  models: `select string_agg(concat(version, state), ' ' order by version)
    from (select version, state from model_versions where project = $1 order by created_at desc, version desc limit 100) latest`,
  runs: `select string_agg(concat(id, status), ' ' order by id)
    from (select id, status from runs where project = $1 order by started_at desc, id desc limit 50) latest`,
  datasets: `select concat((select max(number) from datasets where project = $1), ' ',
    (select concat(max(id), ' ', max(withdrawn_at)) from dataset_uploads where project = $1))`,
  drift: `select max(id) from drift_reports where project = $1`,
  batch: `select string_agg(concat(id, state, rows_done), ' ' order by id)
    from (select id, state, rows_done from batch_jobs where project = $1 order by created_at desc, id desc limit 20) latest`,
  alerts: `select concat(string_agg(concat(id, state, enabled, updated_at, value), ' ' order by id),
    (select concat(max(id), max(sent_at)) from notification_deliveries where project = $1)) from alert_rules where project = $1`,
  audit: `select max(id) from audit where project = $1 or project is null`,
  predictions: `select concat((select id from predictions where project = $1 order by created_at desc, id desc limit 1), ' ',
    (select string_agg(concat(id, superseded_at), ' ' order by id)
     from (select id, superseded_at from feedback where project = $1 order by created_at desc, id desc limit 20) latest))`,
} as const;

export type ChangeTopic = keyof typeof fingerprints;
export const changeTopics = Object.keys(fingerprints) as ChangeTopic[];

const query = `select ${Object.entries(fingerprints)
  .map(([topic, sql]) => `(${sql})::text as "${topic}"`)
  .join(', ')}`;

/**
 * A short text for each topic that is another one when something of it has changed.
 *
 * @param project its name
 */
export async function readChanges(pool: Pool, project: string): Promise<Readonly<Record<ChangeTopic, string>>> {
  const { rows } = await pool.query<Record<ChangeTopic, string | null>>(query, [project]);
  const found = rows[0]!;
  const short = (text: string | null) =>
    createHash('sha256')
      .update(text ?? '')
      .digest('base64url')
      .slice(0, 12);
  return Object.fromEntries(changeTopics.map((topic) => [topic, short(found[topic])])) as Record<ChangeTopic, string>;
}
