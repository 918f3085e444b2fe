import { NotFoundError } from '../../core/errors.js';
import { ensureVersion } from './mirror-model.js';
import type { TrackingContext } from './tracking-context.js';

/** Lets the aliases `production` and `candidate` name what the slots hold; an empty slot has no alias. */
export async function mirrorSlots(context: TrackingContext, project: string): Promise<void> {
  const { client, pool } = context;
  const { rows } = await pool.query<{ slot: string; version: string | null }>(
    'select slot, version from slots where project = $1',
    [project],
  );
  for (const { slot, version } of rows) {
    const remote = version === null ? null : await ensureVersion(context, project, version);
    if (remote !== null) {
      await client.post('registered-models/alias', { name: project, alias: slot, version: remote });
      continue;
    }
    try {
      await client.delete('registered-models/alias', { name: project, alias: slot });
    } catch (error) {
      // no model of this project was ever told: there is no alias to take away
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
}
