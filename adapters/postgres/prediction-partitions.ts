import type { Pool, PoolClient } from 'pg';
import { transaction } from './transaction.js';

const DAY_MS = 86_400_000;
/** One maker of partitions at a time, whatever the number of services. */
const LOCK = 7_141_001;

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

async function partitions(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'predictions'::regclass and c.relname ~ '^predictions_\\d{8}$' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Makes the partitions of today and the days ahead. A day that already has rows in the default partition stays there.
 *
 * @returns the names of the new partitions
 */
export async function makePartitions(pool: Pool, now: Date, daysAhead = 7): Promise<string[]> {
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const there = new Set(await partitions(client));
    const made: string[] = [];
    for (let ahead = 0; ahead <= daysAhead; ahead++) {
      const from = isoDay(now.getTime() + ahead * DAY_MS);
      const to = isoDay(now.getTime() + (ahead + 1) * DAY_MS);
      const name = `predictions_${from.replaceAll('-', '')}`;
      if (there.has(name)) continue;
      const { rows } = await client.query<{ taken: boolean }>(
        'select exists (select 1 from predictions_default where created_at >= $1 and created_at < $2) as taken',
        [`${from}T00:00Z`, `${to}T00:00Z`],
      );
      if (rows[0]!.taken) continue;
      // attaching takes a weaker lock than `create table … partition of`: predictions go on meanwhile
      await client.query(`create table ${name} (like predictions including defaults including constraints)`);
      await client.query(
        `alter table predictions attach partition ${name} for values from ('${from}T00:00Z') to ('${to}T00:00Z')`,
      );
      made.push(name);
    }
    return made;
  });
}

/**
 * Drops the partitions of days older than `keepDays`, after adding each day up into `prediction_days`. Feedback and the
 * experiments' counts stay.
 *
 * @returns the names of the dropped partitions
 */
export async function dropOldPartitions(pool: Pool, now: Date, keepDays: number): Promise<string[]> {
  const oldest = `predictions_${isoDay(now.getTime() - keepDays * DAY_MS).replaceAll('-', '')}`;
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const old = (await partitions(client)).filter((name) => name < oldest);
    for (const name of old) {
      await client.query(
        `insert into prediction_days as d
         select project, (created_at at time zone 'utc')::date, variant, model_version, count(*), count(distinct user_id),
                sum(latency_ms::float8), sum(prediction), sum(prediction * prediction)
         from ${name} group by 1, 2, 3, 4
         on conflict do nothing`,
      );
      await client.query(`drop table ${name}`);
    }
    return old;
  });
}
