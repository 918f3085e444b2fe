import type { Pool } from 'pg';

export interface KeptAnswer {
  readonly requestHash: string;
  /** Null while the first request is under way. */
  readonly status: number | null;
  readonly body: string | null;
}

const KEPT_HOURS = 24;
/** A first request that ended without a trace (the process died) makes room for its repetition after this. */
const ABANDONED_SECONDS = 120;

/** Answers to requests with an Idempotency-Key, by caller and key. */
export function createIdempotencyStore(pool: Pool) {
  return {
    /** @returns null when this request is the first with its key; else what the first one was and was answered */
    async claim(caller: string, key: string, requestHash: string): Promise<KeptAnswer | null> {
      await pool.query(
        `delete from idempotency_keys where (caller = $1 and key = $2 and status is null
           and created_at < now() - make_interval(secs => $3)) or created_at < now() - make_interval(hours => $4)`,
        [caller, key, ABANDONED_SECONDS, KEPT_HOURS],
      );
      const { rowCount } = await pool.query(
        'insert into idempotency_keys (caller, key, request_hash) values ($1, $2, $3) on conflict do nothing',
        [caller, key, requestHash],
      );
      if (rowCount === 1) return null;
      const { rows } = await pool.query<KeptAnswer>(
        'select request_hash as "requestHash", status, body from idempotency_keys where caller = $1 and key = $2',
        [caller, key],
      );
      return rows[0] ?? { requestHash, status: null, body: null };
    },

    async keep(caller: string, key: string, status: number, body: string | null): Promise<void> {
      await pool.query('update idempotency_keys set status = $3, body = $4 where caller = $1 and key = $2', [
        caller,
        key,
        status,
        body,
      ]);
    },

    /** The request failed for a reason that may pass: a repetition tries again. */
    async release(caller: string, key: string): Promise<void> {
      await pool.query('delete from idempotency_keys where caller = $1 and key = $2 and status is null', [caller, key]);
    },
  };
}

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;
