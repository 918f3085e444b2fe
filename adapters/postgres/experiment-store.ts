import type { Pool } from 'pg';
import type { Experiment, ExperimentState, ExperimentStore } from '../../activities/ports.js';
import { ConflictError, NotFoundError } from '../../core/errors.js';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import { summarizeExperiment } from './experiment-summary.js';
import { transaction } from './transaction.js';

export interface ExperimentRow {
  id: number;
  project: string;
  production_version: string;
  candidate_version: string;
  state: ExperimentState;
  candidate_weight_percent: number;
  rule: DecisionRule;
  expected_users: number;
  outcome: string | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

export function toExperiment(row: ExperimentRow): Experiment {
  return {
    id: row.id,
    project: row.project,
    productionVersion: row.production_version,
    candidateVersion: row.candidate_version,
    state: row.state,
    candidateWeightPercent: row.candidate_weight_percent,
    rule: row.rule,
    expectedUsers: row.expected_users,
    outcome: row.outcome,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

export function createExperimentStore(pool: Pool): ExperimentStore {
  async function get(id: number): Promise<Experiment> {
    const { rows } = await pool.query<ExperimentRow>('select * from experiments where id = $1', [id]);
    if (!rows[0]) throw new NotFoundError(`there is no experiment ${id}`);
    return toExperiment(rows[0]);
  }

  return {
    get,

    async open(experiment) {
      const { rows } = await pool.query<ExperimentRow>(
        `insert into experiments
           (project, production_version, candidate_version, state, candidate_weight_percent, rule, expected_users, idempotency_key)
         values ($1, $2, $3, 'warming', $4, $5, $6, $7)
         on conflict do nothing returning *`,
        [
          experiment.project,
          experiment.productionVersion,
          experiment.candidateVersion,
          experiment.candidateWeightPercent,
          experiment.rule,
          experiment.expectedUsers,
          experiment.idempotencyKey,
        ],
      );
      if (rows[0]) return toExperiment(rows[0]);
      const same = await pool.query<ExperimentRow>('select * from experiments where idempotency_key = $1', [
        experiment.idempotencyKey,
      ]);
      if (same.rows[0]) return toExperiment(same.rows[0]);
      throw new ConflictError(`project ${experiment.project} has an open experiment already`);
    },

    async current(project) {
      const { rows } = await pool.query<ExperimentRow>(
        'select * from experiments where project = $1 and ended_at is null',
        [project],
      );
      return rows[0] ? toExperiment(rows[0]) : null;
    },

    async list(project, { limit, beforeId }) {
      const { rows } = await pool.query<ExperimentRow>(
        'select * from experiments where project = $1 and id < coalesce($2, 9007199254740991) order by id desc limit $3',
        [project, beforeId ?? null, limit],
      );
      return rows.map(toExperiment);
    },

    async start(id) {
      return transaction(pool, async (client) => {
        const { rows } = await client.query<ExperimentRow>(
          `update experiments set state = 'running', started_at = now()
           where id = $1 and started_at is null and ended_at is null returning *`,
          [id],
        );
        if (!rows[0]) return get(id);
        // who came while the candidate was still being warmed does not count
        await client.query('delete from experiment_users where experiment_id = $1', [id]);
        return toExperiment(rows[0]);
      });
    },

    async end(id, state, outcome) {
      await pool.query(
        'update experiments set state = $2, outcome = $3, ended_at = now() where id = $1 and ended_at is null',
        [id, state, outcome],
      );
    },

    summarize: (id) => summarizeExperiment(pool, id),
  };
}
