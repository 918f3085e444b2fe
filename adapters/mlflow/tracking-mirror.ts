import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import { DomainError, NotFoundError, UnavailableError } from '../../core/errors.js';
import { createTrackingOutbox, type TrackedChange } from '../postgres/tracking-outbox.js';
import { mirrorModel } from './mirror-model.js';
import { mirrorRun } from './mirror-run.js';
import { mirrorSlots } from './mirror-slots.js';
import { createMlflowClient, type MlflowSettings } from './mlflow-client.js';
import type { TrackingContext } from './tracking-context.js';

export interface TrackingMirrorOptions extends MlflowSettings {
  readonly pool: Pool;
  readonly bucket: string;
  readonly logger: Logger;
  /** Pause between two looks at an empty outbox. */
  readonly lookEveryMs?: number;
  /** Longest pause between two attempts while the server is away. */
  readonly longestPauseMs?: number;
}

const AT_ONCE = 50;
const LOCK = "hashtext('incumbent tracking mirror')";

async function mirror(context: TrackingContext, { kind, project, subject }: TrackedChange): Promise<void> {
  if (kind === 'run') return mirrorRun(context, subject);
  if (kind === 'model') return mirrorModel(context, project, subject);
  return mirrorSlots(context, project);
}

/** Tells one change; what somebody removed from MLflow by hand is made anew. */
async function tell(context: TrackingContext, change: TrackedChange): Promise<void> {
  try {
    await mirror(context, change);
  } catch (error) {
    if (!(error instanceof NotFoundError) || change.kind === 'slots') throw error;
    await context.outbox.forgetLink(change);
    await mirror(context, change);
  }
}

/**
 * Follows the outbox and tells an MLflow server what it holds, for as long as the process lives. One process at a time does, whoever holds
 * the advisory lock; while the server or Postgres is away it waits, and nothing else does.
 */
export function startTrackingMirror(options: TrackingMirrorOptions): { stop(): Promise<void> } {
  const { pool, bucket, logger, lookEveryMs = 1_000, longestPauseMs = 60_000 } = options;
  const client = createMlflowClient(options);
  const outbox = createTrackingOutbox(pool);
  const context: TrackingContext = { pool, outbox, client, bucket };
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Tells what is there; returns when the outbox is empty. */
  async function drain(): Promise<void> {
    for (;;) {
      const changes = await outbox.next(AT_ONCE);
      for (const change of changes) {
        if (signal.aborted) return;
        try {
          await tell(context, change);
        } catch (error) {
          // an answer of another shape than the documented one (a TypeError) is about this one thing too
          const refused = error instanceof DomainError || error instanceof TypeError;
          if (!refused || error instanceof UnavailableError) throw error;
          logger.warn({ err: error, kind: change.kind, subject: change.subject }, 'tracking server refused a change');
          await outbox.postpone(change, error.message);
          continue;
        }
        await outbox.done(change);
      }
      if (changes.length < AT_ONCE) return;
    }
  }

  /** Holds the lock on a connection of its own; the lock ends with the connection. */
  async function lead(connection: PoolClient): Promise<void> {
    const { rows } = await connection.query<{ mine: boolean }>(`select pg_try_advisory_lock(${LOCK}) as mine`);
    if (!rows[0]?.mine) return;
    try {
      await outbox.follow(client.server);
      let away = 0;
      while (!signal.aborted) {
        await connection.query('select 1'); // still the holder: a lost connection has lost the lock
        try {
          await drain();
          if (away > 0) logger.info({ server: client.server }, 'tracking server is back');
          away = 0;
        } catch (error) {
          if (!(error instanceof UnavailableError)) throw error;
          if (away === 0) logger.warn({ err: error }, 'tracking server is away: changes wait in the outbox');
          away++;
        }
        const pause = away === 0 ? lookEveryMs : Math.min(longestPauseMs, lookEveryMs * 2 ** Math.min(away, 16));
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await connection.query(`select pg_advisory_unlock(${LOCK})`).catch(() => undefined);
    }
  }

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      let broken: Error | undefined;
      let connection: PoolClient | undefined;
      try {
        connection = await pool.connect();
        await lead(connection);
      } catch (error) {
        broken = error as Error;
        logger.warn({ err: error }, 'tracking mirror interrupted');
      } finally {
        connection?.release(broken);
      }
      await sleep(10 * lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = follow();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
