import type { Pool } from 'pg';
import type { Slot } from '../../core/registry/version.js';
import type { KeysetList } from './lists/keyset-list.js';

/** One version's time in a slot. */
export interface Deployment {
  readonly id: number;
  readonly project: string;
  readonly slot: Slot;
  readonly version: string;
  readonly generation: number;
  readonly reason: string;
  readonly actor: string;
  readonly workflowId: string | null;
  readonly deployedAt: Date;
  /** Null while it is there. */
  readonly endedAt: Date | null;
}

interface DeploymentRow {
  id: number;
  project: string;
  slot: Slot;
  version: string;
  generation: number;
  reason: string;
  actor: string;
  workflow_id: string | null;
  deployed_at: Date;
  ended_at: Date | null;
}

function toDeployment({ workflow_id, deployed_at, ended_at, ...row }: DeploymentRow): Deployment {
  return { ...row, workflowId: workflow_id, deployedAt: deployed_at, endedAt: ended_at };
}

export const deploymentList: KeysetList<DeploymentRow, Deployment> = {
  table: 'deployments',
  time: 'deployed_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', slot: 'slot', version: 'version' },
  map: toDeployment,
};

/** Which version was in a slot at a time, since when, by whom and why; null when none was. */
export async function deploymentAt(pool: Pool, project: string, slot: Slot, at: Date): Promise<Deployment | null> {
  const { rows } = await pool.query<DeploymentRow>(
    `select * from deployments where project = $1 and slot = $2 and deployed_at <= $3
     order by deployed_at desc, id desc limit 1`,
    [project, slot, at],
  );
  const row = rows[0];
  return row && (row.ended_at === null || row.ended_at > at) ? toDeployment(row) : null;
}

/**
 * The version that production served before the present one and that can be served again. One that was put there and undone
 * before every instance confirmed it was never called production, so it is not retired and not meant.
 */
export async function previousProduction(pool: Pool, project: string): Promise<string | null> {
  const { rows } = await pool.query<{ version: string }>(
    `select d.version from deployments d
     join model_versions m on m.project = d.project and m.version = d.version
     where d.project = $1 and d.slot = 'production' and m.state = 'retired'
       and d.version is distinct from (select version from slots where project = $1 and slot = 'production')
     order by d.deployed_at desc, d.id desc limit 1`,
    [project],
  );
  return rows[0]?.version ?? null;
}
