import type { Pool } from 'pg';
import type { Instance, SlotState, SlotStore } from '../../activities/ports.js';
import { ConflictError } from '../../core/errors.js';
import { transaction } from './transaction.js';

interface InstanceRow {
  id: string;
  role: Instance['role'];
  address: string;
  generation: number;
  version: string | null;
  error: string | null;
  refused_generation: number | null;
  seen_at: Date;
}

export function createSlotStore(pool: Pool): SlotStore {
  return {
    async get(project, slot) {
      const { rows } = await pool.query<SlotState>(
        'select slot, version, generation from slots where project = $1 and slot = $2',
        [project, slot],
      );
      return rows[0] ?? { slot, version: null, generation: 0 };
    },

    async assign(project, slot, version, expectedVersion, { reason, actor, workflowId }) {
      return transaction(pool, async (client) => {
        await client.query(
          'insert into slots (project, slot, version, generation) values ($1, $2, null, 0) on conflict do nothing',
          [project, slot],
        );
        const { rows } = await client.query<SlotState>(
          'select slot, version, generation from slots where project = $1 and slot = $2 for update',
          [project, slot],
        );
        const now = rows[0]!;
        if (now.version === version && now.generation > 0) return now;
        if (now.version !== expectedVersion) {
          throw new ConflictError(
            `the ${slot} slot of ${project} holds ${now.version ?? 'nothing'}, expected ${expectedVersion ?? 'nothing'}: another delivery was first`,
          );
        }
        const generation = now.generation + 1;
        await client.query(
          'update slots set version = $3, generation = $4, updated_at = now() where project = $1 and slot = $2',
          [project, slot, version, generation],
        );
        await client.query(
          'update deployments set ended_at = now() where project = $1 and slot = $2 and ended_at is null',
          [project, slot],
        );
        if (version !== null) {
          await client.query(
            `insert into deployments (project, slot, version, generation, reason, actor, workflow_id)
             values ($1, $2, $3, $4, $5, $6, $7)`,
            [project, slot, version, generation, reason, actor, workflowId],
          );
        }
        await client.query("select pg_notify('slots', $1)", [project]);
        return { slot, version, generation };
      });
    },

    async instances(project, role, withinMs) {
      const { rows } = await pool.query<InstanceRow>(
        `select id, role, address, generation, version, error, refused_generation, seen_at from instances
         where project = $1 and role = $2 and seen_at > now() - make_interval(secs => $3) order by id`,
        [project, role, withinMs / 1000],
      );
      return rows.map(({ seen_at, refused_generation, ...row }) => ({
        ...row,
        refusedGeneration: refused_generation,
        seenAt: seen_at,
      }));
    },
  };
}
