import type { Pool } from 'pg';
import type { Experiment } from '../../activities/ports.js';
import type { GuardedCounts } from '../../core/experiment/guardrails.js';
import type { Slot } from '../../core/registry/version.js';

/** Newest requests that are looked at: a look costs the same on the busiest day. */
const MOST = 50_000;

interface CountsRow {
  production: number;
  candidate: number;
  failed: number;
  production_p95: number | null;
  candidate_p95: number | null;
}

const START = `greatest($5::timestamptz,
  (select created_at from predictions where project = $1 and created_at > $5
   order by created_at desc, id desc offset ${MOST} limit 1))`;

/*
 * The candidate's failures are the requests that were dealt to it and answered by production.
 */
const SPLIT = `
  with asked as (
    select coalesce(assigned_variant, variant) as dealt, variant, latency_ms from predictions
    where project = $1 and experiment_id = $2 and model_version in ($3, $4) and not shadow and created_at > ${START})
  select count(*) filter (where dealt = 'production')::float8 as production,
    count(*) filter (where dealt = 'candidate' and variant = 'candidate')::float8 as candidate,
    count(*) filter (where dealt = 'candidate' and variant = 'production')::float8 as failed,
    percentile_cont(0.95) within group (order by latency_ms) filter (where dealt = 'production') as production_p95,
    percentile_cont(0.95) within group (order by latency_ms) filter (where dealt = 'candidate' and variant = 'candidate') as candidate_p95
  from asked`;

/* In the shadow nobody is dealt to the candidate: its answers are those to copies. Younger ones may still be on their way. */
const SHADOW = `
  with asked as (
    select shadow, latency_ms from predictions
    where project = $1 and experiment_id = $2 and model_version in ($3, $4) and created_at > ${START}
      and created_at < now() - interval '3 seconds')
  select count(*) filter (where not shadow)::float8 as production,
    count(*) filter (where shadow)::float8 as candidate, 0 as failed,
    percentile_cont(0.95) within group (order by latency_ms) filter (where not shadow) as production_p95,
    percentile_cont(0.95) within group (order by latency_ms) filter (where shadow) as candidate_p95
  from asked`;

/**
 * Copies that came back unanswered. Which requests were copied was drawn by chance, so a few less than their share say nothing:
 * only what is missing beyond four standard deviations counts.
 */
function missingCopies(production: number, answered: number, share: number): number {
  const expected = production * share;
  const chance = 4 * Math.sqrt(production * share * (1 - share));
  return Math.max(0, Math.round(expected - answered - chance));
}

/** What both variants did since then, as far as the newest requests of each tell. */
export async function readRecentCounts(
  pool: Pool,
  { id, project, productionVersion, candidateVersion, state, path }: Experiment,
  since: Date,
): Promise<Record<Slot, GuardedCounts>> {
  const { rows } = await pool.query<CountsRow>(state === 'shadow' ? SHADOW : SPLIT, [
    project,
    id,
    productionVersion,
    candidateVersion,
    since,
  ]);
  const counts = rows[0]!;
  const errors =
    state === 'shadow'
      ? missingCopies(counts.production, counts.candidate, (path.shadow?.percent ?? 0) / 100)
      : counts.failed;
  return {
    production: { requests: counts.production, errors: 0, latencyP95Ms: counts.production_p95 },
    candidate: { requests: counts.candidate, errors, latencyP95Ms: counts.candidate_p95 },
  };
}

/** Copies that the candidate answered since then, counted no further than to `most`. */
export async function countShadowRequests(
  pool: Pool,
  { id, project, candidateVersion }: Experiment,
  since: Date,
  most: number,
): Promise<number> {
  const { rows } = await pool.query<{ copies: number }>(
    `select count(*)::int as copies from (
       select 1 from predictions
       where project = $1 and model_version = $2 and experiment_id = $3 and shadow and created_at > $4 limit $5) found`,
    [project, candidateVersion, id, since, most],
  );
  return rows[0]!.copies;
}
