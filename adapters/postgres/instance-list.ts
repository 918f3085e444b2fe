import type { Pool } from 'pg';
import type { Instance } from '../../activities/ports.js';

interface InstanceRow extends Omit<Instance, 'seenAt'> {
  seen_at: Date;
}

/** Every instance of a project heard of within the last `withinMs`, routers and both slots. */
export async function listInstances(pool: Pool, project: string, withinMs: number): Promise<Instance[]> {
  const { rows } = await pool.query<InstanceRow>(
    `select id, role, address, generation, version, error, seen_at from instances
     where project = $1 and seen_at > now() - make_interval(secs => $2) order by role, id`,
    [project, withinMs / 1000],
  );
  return rows.map(({ seen_at, ...row }) => ({ ...row, seenAt: seen_at }));
}
