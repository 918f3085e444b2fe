import type { Pool, PoolClient } from 'pg';

/** The next number of a project's BO, CO or dataset versions; given out once, whatever becomes of it. */
export async function nextNumber(
  client: Pool | PoolClient,
  project: string,
  kind: 'BO' | 'CO' | 'dataset',
): Promise<number> {
  const { rows } = await client.query<{ last: number }>(
    `insert into version_counters (project, kind, last) values ($1, $2, 1)
     on conflict (project, kind) do update set last = version_counters.last + 1
     returning last`,
    [project, kind],
  );
  return rows[0]!.last;
}
