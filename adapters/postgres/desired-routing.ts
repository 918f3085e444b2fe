import type { Pool } from 'pg';
import { readRouting, type StoredRouting } from './routing-store.js';

/** What a router should do now, with the addresses of the instances that are alive. */
export interface DesiredRouting extends StoredRouting {
  readonly production: readonly string[];
  readonly candidate: readonly string[];
}

/** Addresses that hold whatever instances report themselves: behind a service name of their own, for example. */
export interface FixedUpstreams {
  readonly production?: readonly string[] | undefined;
  readonly candidate?: readonly string[] | undefined;
}

/** Instances silent for this long get no more traffic. One that stops in order is gone at once. */
const ALIVE_WITHIN_SECONDS = 10;

export async function readDesiredRouting(pool: Pool, project: string, fixed: FixedUpstreams): Promise<DesiredRouting> {
  const [routing, instances] = await Promise.all([
    readRouting(pool, project),
    pool.query<{ role: string; address: string }>(
      `select distinct role, address from instances
       where project = $1 and role in ('production', 'candidate') and seen_at > now() - make_interval(secs => $2)
       order by address`,
      [project, ALIVE_WITHIN_SECONDS],
    ),
  ]);
  const alive = (role: string) => instances.rows.filter((row) => row.role === role).map((row) => row.address);
  return {
    ...routing,
    production: fixed.production ?? alive('production'),
    candidate: fixed.candidate ?? alive('candidate'),
  };
}
