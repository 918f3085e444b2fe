import type { Pool } from 'pg';
import { transaction } from './transaction.js';

export interface TrackedThing {
  readonly kind: 'run' | 'model' | 'slots';
  readonly project: string;
  /** Run id or model version; empty for the slots of a project. */
  readonly subject: string;
}

/** A thing that changed, and the number of its latest change. */
export interface TrackedChange extends TrackedThing {
  readonly change: number;
  readonly attempts: number;
}

export interface TrackingLink {
  readonly remoteId: string;
  readonly metricsThrough: number;
}

const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 3600;

/**
 * What a tracking server has not heard of yet. Triggers write it in the transaction of the change itself; a thing that changes again before it
 * was told is told once, as it then is.
 */
export function createTrackingOutbox(pool: Pool) {
  return {
    /** Makes `server` the one that follows. Another one than before is told everything from the beginning. */
    async follow(server: string): Promise<void> {
      const { rows } = await pool.query('select from tracking_mirror where server = $1', [server]);
      if (rows.length > 0) return;
      await transaction(pool, async (client) => {
        // changes under way end before: they would be in neither the list below nor the outbox
        await client.query('lock table runs, run_metrics, model_versions, slots in share mode');
        await client.query(
          'insert into tracking_mirror (server) values ($1) on conflict (one) do update set server = excluded.server',
          [server],
        );
        await client.query('delete from tracking_links');
        await client.query('delete from tracking_outbox');
        await client.query(
          `insert into tracking_outbox (kind, project, subject)
           select 'run', project, id from (select project, id from runs order by started_at) as r
           union all select 'model', project, version from (select project, version from model_versions order by created_at) as m
           union all select distinct 'slots', project, '' from slots`,
        );
      });
    },

    /** The next things to tell, in the order in which they changed; those that were refused wait for their turn. */
    async next(limit: number): Promise<TrackedChange[]> {
      const { rows } = await pool.query<TrackedChange>(
        `select kind, project, subject, change, attempts from tracking_outbox
         where not_before <= now() order by change limit $1`,
        [limit],
      );
      return rows;
    },

    /** Forgets a change that was told, unless the thing changed again meanwhile. */
    async done({ kind, project, subject, change }: TrackedChange): Promise<void> {
      await pool.query(
        'delete from tracking_outbox where kind = $1 and project = $2 and subject = $3 and change = $4',
        [kind, project, subject, change],
      );
    },

    /** Keeps a change that the server refused for later, each time for longer. */
    async postpone({ kind, project, subject, change, attempts }: TrackedChange, error: string): Promise<void> {
      const seconds = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 4 ** attempts);
      await pool.query(
        `update tracking_outbox
         set attempts = attempts + 1, not_before = now() + make_interval(secs => $5), last_error = $6
         where kind = $1 and project = $2 and subject = $3 and change = $4`,
        [kind, project, subject, change, seconds, error],
      );
    },

    async link({ kind, project, subject }: TrackedThing): Promise<TrackingLink | null> {
      const { rows } = await pool.query<TrackingLink>(
        `select remote_id as "remoteId", metrics_through as "metricsThrough" from tracking_links
         where kind = $1 and project = $2 and subject = $3`,
        [kind, project, subject],
      );
      return rows[0] ?? null;
    },

    async keepLink(
      { kind, project, subject }: TrackedThing,
      { remoteId, metricsThrough }: TrackingLink,
    ): Promise<void> {
      await pool.query(
        `insert into tracking_links (kind, project, subject, remote_id, metrics_through) values ($1, $2, $3, $4, $5)
         on conflict (kind, project, subject) do update
           set remote_id = excluded.remote_id, metrics_through = excluded.metrics_through`,
        [kind, project, subject, remoteId, metricsThrough],
      );
    },

    async forgetLink({ kind, project, subject }: TrackedThing): Promise<void> {
      await pool.query('delete from tracking_links where kind = $1 and project = $2 and subject = $3', [
        kind,
        project,
        subject,
      ]);
    },
  };
}

export type TrackingOutbox = ReturnType<typeof createTrackingOutbox>;
