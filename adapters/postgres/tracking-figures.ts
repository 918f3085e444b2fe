import type { Pool } from 'pg';
import type { Figure } from '../figures/figure.js';
import { readFigures } from './read-figures.js';

/** What waits for the tracking server. */
const statements = [
  `select 'trackingOutbox' as key, jsonb_build_object('kind', k.kind) as labels, count(o.kind)::float8 as value
     from unnest(array['run', 'model', 'slots']) k (kind) left join tracking_outbox o on o.kind = k.kind group by k.kind
   union all select 'trackingRefused', '{}', count(*) from tracking_outbox where last_error is not null
   union all select 'trackingOldest', '{}', coalesce(extract(epoch from now() - min(changed_at)), 0)::float8 from tracking_outbox`,
] as const;

export function readTrackingFigures(pool: Pool): Promise<Figure[]> {
  return readFigures(pool, statements);
}
