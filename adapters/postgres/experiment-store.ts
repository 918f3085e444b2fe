import type { Pool } from 'pg';
import type { Experiment, ExperimentStore } from '../../activities/ports.js';
import { ConflictError, NotFoundError } from '../../core/errors.js';
import { nextPhase, phaseOf, trafficOf } from '../../core/experiment/experiment-life.js';
import { type ExperimentRow, toExperiment } from './experiment-row.js';
import { summarizeExperiment } from './experiment-summary.js';
import { countShadowRequests, readRecentCounts } from './recent-counts.js';
import { recordChange } from './record-experiment-change.js';
import { transaction } from './transaction.js';

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
           (project, production_version, candidate_version, state, candidate_weight_percent, rule, expected_users,
            idempotency_key, path, name, metric)
         values ($1, $2, $3, 'warming', $4, $5, $6, $7, $8, $9, $10)
         on conflict do nothing returning *`,
        [
          experiment.project,
          experiment.productionVersion,
          experiment.candidateVersion,
          experiment.candidateWeightPercent,
          experiment.rule,
          experiment.expectedUsers,
          experiment.idempotencyKey,
          experiment.path ?? { ramp: [] },
          experiment.name ?? null,
          experiment.metric ?? 'score',
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

    async change(id, event, cause) {
      return transaction(pool, async (client) => {
        const { rows } = await client.query<ExperimentRow>('select * from experiments where id = $1 for update', [id]);
        if (!rows[0]) throw new NotFoundError(`there is no experiment ${id}`);
        const before = toExperiment(rows[0]);
        const done = await client.query('select 1 from experiment_changes where idempotency_key = $1', [
          cause.idempotencyKey,
        ]);
        if (done.rowCount) return before;
        if (before.endedAt) throw new ConflictError(`experiment ${id} has ended already: ${before.state}`);
        const from = phaseOf(before);
        const { phase, path, restartsClock } = nextPhase(from, event, before.path);
        // the users' counts were made under another split, or while the candidate was not at its full weight yet
        if (restartsClock) {
          await client.query('delete from experiment_users where experiment_id = $1', [id]);
          await client.query('delete from experiment_latency where experiment_id = $1', [id]);
        }
        const changed = await client.query<ExperimentRow>(
          `update experiments set state = $2, ramp_step = $3, paused_from = $4, candidate_weight_percent = $5,
             path = $8, phase_started_at = now(),
             started_at = case when $6 then now() else started_at end,
             paused_seconds = case when $6 then 0
               when $7 and started_at is not null
                 then paused_seconds + extract(epoch from now() - greatest(phase_started_at, started_at))
               else paused_seconds end
           where id = $1 returning *`,
          [
            id,
            phase.state,
            phase.rampStep,
            phase.pausedFrom,
            phase.weightPercent,
            restartsClock,
            event.type === 'resume',
            path,
          ],
        );
        await recordChange(client, id, cause, {
          fromState: before.state,
          toState: phase.state,
          fromWeight: trafficOf(from, before.path).candidateWeightPercent,
          toWeight: trafficOf(phase, path).candidateWeightPercent,
          clockRestarted: restartsClock,
        });
        return toExperiment(changed.rows[0]!);
      });
    },

    async end(id, state, outcome, cause) {
      return transaction(pool, async (client) => {
        const { rows } = await client.query<ExperimentRow>(
          'select * from experiments where id = $1 and ended_at is null for update',
          [id],
        );
        if (!rows[0]) return { withdrawnApproval: null };
        const before = toExperiment(rows[0]);
        await client.query('update experiments set state = $2, outcome = $3, ended_at = now() where id = $1', [
          id,
          state,
          outcome,
        ]);
        const withdrawn = await client.query<{ workflow_id: string }>(
          `update approvals set state = 'withdrawn', decided_at = now()
           where experiment_id = $1 and state = 'pending' returning workflow_id`,
          [id],
        );
        if (cause) {
          await recordChange(client, id, cause, {
            fromState: before.state,
            toState: state,
            fromWeight: trafficOf(phaseOf(before), before.path).candidateWeightPercent,
            toWeight: 0,
            clockRestarted: false,
          });
        }
        return { withdrawnApproval: withdrawn.rows[0]?.workflow_id ?? null };
      });
    },

    summarize: async (id) => summarizeExperiment(pool, await get(id)),
    recent: (experiment, since) => readRecentCounts(pool, experiment, since),
    shadowRequests: (experiment, since, most) => countShadowRequests(pool, experiment, since, most),

    async nextCandidateWaits(project, candidateVersion) {
      const { rowCount } = await pool.query(
        `select 1 from model_versions newer join model_versions present using (project, kind)
         where project = $1 and present.version = $2 and kind = 'CO' and newer.state = 'staged'
           and newer.number > present.number limit 1`,
        [project, candidateVersion],
      );
      return rowCount !== 0;
    },
  };
}
