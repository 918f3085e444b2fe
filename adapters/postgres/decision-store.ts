import type { Pool } from 'pg';
import type { DecisionRecord, DecisionStore, RecordedDecision } from '../../activities/ports.js';

export interface DecisionRow {
  id: number;
  experiment_id: number;
  project: string;
  policy: string;
  verdict: string;
  reason: string;
  evaluation: DecisionRecord;
  workflow_id: string | null;
  decided_at: Date;
}

export function toDecision(row: DecisionRow): RecordedDecision {
  return {
    id: row.id,
    experimentId: row.experiment_id,
    project: row.project,
    policy: row.policy,
    verdict: row.verdict,
    reason: row.reason,
    evaluation: row.evaluation,
    workflowId: row.workflow_id,
    decidedAt: row.decided_at,
  };
}

const LAST = 9_007_199_254_740_991;

export function createDecisionStore(pool: Pool): DecisionStore {
  async function list(
    filter: { project?: string | undefined; experimentId?: number | undefined },
    { limit, beforeId = LAST }: { limit: number; beforeId?: number | undefined },
  ): Promise<RecordedDecision[]> {
    const { rows } = await pool.query<DecisionRow>(
      `select * from decisions
       where ($1::text is null or project = $1) and ($2::bigint is null or experiment_id = $2) and id < $3
       order by id desc limit $4`,
      [filter.project ?? null, filter.experimentId ?? null, beforeId, limit],
    );
    return rows.map(toDecision);
  }

  return {
    list,

    async record(decision, { project, experimentId, workflowId, runId, idempotencyKey }) {
      const { rows } = await pool.query<DecisionRow>(
        `insert into decisions
           (experiment_id, project, policy, verdict, reason, evaluation, workflow_id, run_id, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (idempotency_key) do update set idempotency_key = excluded.idempotency_key
         returning *`,
        [
          experimentId,
          project,
          decision.policy,
          decision.verdict,
          decision.reason,
          decision,
          workflowId,
          runId,
          idempotencyKey,
        ],
      );
      return toDecision(rows[0]!);
    },

    async latest(project, experimentId) {
      return (await list({ project, experimentId }, { limit: 1 }))[0] ?? null;
    },

    async consecutiveRollbacks(project) {
      const { rows } = await pool.query<{ times: number }>(
        `select count(*)::int as times from experiments
         where project = $1 and outcome = 'rollback' and ended_at is not null
           and id > coalesce((select max(id) from experiments
                              where project = $1 and ended_at is not null and outcome <> 'rollback'), 0)`,
        [project],
      );
      return rows[0]!.times;
    },
  };
}
