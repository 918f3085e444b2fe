import type { Pool } from 'pg';
import { latencyBucket } from '../../core/experiment/latency-buckets.js';
import { plainArray, textArray } from './array-literal.js';
import { isMomentary } from './database-error.js';
import type { PredictionRecord } from './prediction-record.js';

const ATTEMPTS = 3;

/** Ids in one block of the sequence. */
export const ID_BLOCK = 1000;

/** Where prediction rows end up, and where their ids come from. */
export interface PredictionStore {
  /**
   * Stores the rows that are not there yet, and counts them for their users' experiments, in one transaction: writing the
   * same rows again changes nothing.
   * @returns how many were new
   */
  write(rows: readonly PredictionRecord[]): Promise<number>;
  /** The first ids of `blocks` fresh blocks of ID_BLOCK ids each. */
  reserveIds(blocks: number): Promise<number[]>;
  /** Resolves when Postgres answers. */
  ping(): Promise<void>;
}

export interface PredictionStoreOptions {
  readonly pool: Pool;
  readonly project: string;
  /** The latency at which a request's latency score is zero (core/experiment). */
  readonly latencyBudgetMs: number;
  /** A statement that takes longer counts as "Postgres is away", milliseconds. */
  readonly timeoutMs: number;
}

/*
 * One statement, so that the rows and the counts are committed together. A user dealt to the candidate but answered by
 * production met a failing candidate: that is an error of the candidate, and no request of production's experiment.
 * Users are updated in one order everywhere, so that two writers cannot wait for each other. Nearly all requests fall into
 * the same few buckets of latency, so each connection counts in rows of its own: a shared row would be held until its writer's
 * commit is on disk, and the groups would be written one after the other.
 */
const WRITE = `
with given as (
  select * from rows from (
    unnest($3::bigint[]), unnest($4::text[]), unnest($5::text[]), unnest($6::text[]), unnest($7::bigint[]), unnest($8::text[]),
    unnest($9::text[]), unnest($10::boolean[]), jsonb_array_elements($11::jsonb), unnest($12::float8[]), unnest($13::float4[]),
    unnest($14::float8[]), unnest($15::smallint[])
  ) as t (id, model_version, variant, assigned_variant, experiment_id, user_id, request_id, shadow, input, prediction, latency_ms, at,
          bucket)
), inserted as (
  insert into predictions (id, project, model_version, variant, assigned_variant, experiment_id, user_id, request_id, shadow,
                           input, prediction, latency_ms, created_at)
  select id, $1, model_version, variant, assigned_variant, experiment_id, user_id, request_id, shadow,
         input, prediction, latency_ms, to_timestamp(at / 1000) from given
  on conflict do nothing
  returning id
), compared as (
  select experiment_id, user_id, latency_ms::float8 as ms, bucket, to_timestamp(at / 1000) as created_at,
         assigned_variant is null or assigned_variant = variant as served, coalesce(assigned_variant, variant) as variant
  from given join inserted using (id) where experiment_id is not null and user_id is not null and not shadow
), counted as (
  insert into experiment_users as u (experiment_id, variant, user_id, requests, latency_ms_sum, latency_score_sum, errors, first_seen_at)
  select experiment_id, variant, user_id, count(*) filter (where served), coalesce(sum(ms) filter (where served), 0),
         coalesce(sum(greatest(0, ($2 - ms) / $2)) filter (where served), 0), count(*) filter (where not served), min(created_at)
  from compared group by 1, 2, 3 order by 1, 2, 3
  on conflict (experiment_id, variant, user_id) do update set
    requests = u.requests + excluded.requests,
    latency_ms_sum = u.latency_ms_sum + excluded.latency_ms_sum,
    latency_score_sum = u.latency_score_sum + excluded.latency_score_sum,
    errors = u.errors + excluded.errors,
    first_seen_at = least(u.first_seen_at, excluded.first_seen_at)
), spread as (
  insert into experiment_latency as l (experiment_id, variant, bucket, writer, requests)
  select experiment_id, variant, bucket, pg_backend_pid() % 32, count(*) from compared where served group by 1, 2, 3 order by 1, 2, 3
  on conflict (experiment_id, variant, bucket, writer) do update set requests = l.requests + excluded.requests
)
select count(*)::int as inserted from inserted`;

export function createPredictionStore({
  pool,
  project,
  latencyBudgetMs,
  timeoutMs,
}: PredictionStoreOptions): PredictionStore {
  const timed = (text: string, values: unknown[] = []) => ({ text, values, query_timeout: timeoutMs });
  return {
    async write(rows) {
      const values = [
        project,
        latencyBudgetMs,
        plainArray(rows.map((row) => row.id)),
        textArray(rows.map((row) => row.modelVersion)),
        textArray(rows.map((row) => row.variant)),
        textArray(rows.map((row) => row.assignedVariant)),
        plainArray(rows.map((row) => row.experimentId)),
        textArray(rows.map((row) => row.userId)),
        textArray(rows.map((row) => row.requestId)),
        plainArray(rows.map((row) => row.shadow)),
        `[${rows.map((row) => row.input).join(',')}]`,
        plainArray(rows.map((row) => row.prediction)),
        plainArray(rows.map((row) => row.latencyMs)),
        plainArray(rows.map((row) => row.createdAt)),
        plainArray(rows.map((row) => latencyBucket(row.latencyMs))),
      ];
      for (let attempt = 1; ; attempt++) {
        try {
          const { rows: told } = await pool.query<{ inserted: number }>({
            ...timed(WRITE, values),
            name: 'write-predictions',
          });
          return told[0]!.inserted;
        } catch (error) {
          if (attempt === ATTEMPTS || !isMomentary(error)) throw error;
        }
      }
    },

    async reserveIds(blocks) {
      const { rows } = await pool.query<{ block: number }>(
        timed("select nextval('prediction_id_blocks') as block from generate_series(1, $1)", [blocks]),
      );
      return rows.map(({ block }) => block * ID_BLOCK);
    },

    async ping() {
      await pool.query(timed('select 1'));
    },
  };
}
