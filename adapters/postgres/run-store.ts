import type { Pool } from 'pg';
import type { Run, RunStore } from '../../activities/ports.js';

export interface RunRow {
  id: string;
  project: string;
  kind: string;
  parent_id: string | null;
  status: Run['status'];
  parameters: Record<string, unknown>;
  metrics: Record<string, number>;
  tags: Record<string, string>;
  error: string | null;
  started_at: Date;
  ended_at: Date | null;
}

export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    project: row.project,
    kind: row.kind,
    parentId: row.parent_id,
    status: row.status,
    parameters: row.parameters,
    metrics: row.metrics,
    tags: row.tags,
    error: row.error,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

export function createRunStore(pool: Pool): RunStore {
  return {
    async start({ id, project, kind, parameters, parentId = null, tags = {} }) {
      await pool.query(
        `insert into runs (id, project, kind, status, parameters, parent_id, tags) values ($1, $2, $3, 'running', $4, $5, $6)
         on conflict (id) do nothing`,
        [id, project, kind, parameters, parentId, tags],
      );
    },

    async logSteps(id, points) {
      await pool.query(
        // the lock lets the tellings of one run commit in the order of their ids: who follows them by id misses none
        `with run as materialized (select id from runs where id = $1 for update)
         insert into run_metrics (run_id, name, step, value)
         select run.id, point.name, point.step, point.value
         from run, jsonb_to_recordset($2) as point (name text, step bigint, value double precision)
         on conflict (run_id, name, step) do nothing`,
        [id, JSON.stringify(points.filter(({ value }) => Number.isFinite(value)))],
      );
    },

    async finish(id, { status, metrics = {}, error = null }) {
      await pool.query(
        'update runs set status = $2, metrics = metrics || $3, error = $4, ended_at = coalesce(ended_at, now()) where id = $1',
        [id, status, metrics, error],
      );
    },

    async finishChildren(parentId, status) {
      await pool.query("update runs set status = $2, ended_at = now() where parent_id = $1 and status = 'running'", [
        parentId,
        status,
      ]);
    },

    async list(project, { limit, before }) {
      const { rows } = await pool.query<RunRow>(
        `select * from runs where project = $1 and started_at < coalesce($2, 'infinity'::timestamptz)
         order by started_at desc limit $3`,
        [project, before ?? null, limit],
      );
      return rows.map(toRun);
    },
  };
}
