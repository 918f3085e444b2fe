import type { Pool } from 'pg';
import type { Figure } from '../figures/figure.js';
import { readFigures } from './read-figures.js';

/** What became of the messages to people; tests of a channel are none. */
const statements = [
  `select 'notifications' as key, jsonb_build_object('project', project, 'channel', channel_kind, 'outcome', state) as labels,
          count(*)::float8 as value
     from notification_deliveries where state <> 'pending' and kind <> 'test' group by project, channel_kind, state
   union all
   select 'notificationsPending', jsonb_build_object('project', project),
          count(*) filter (where state = 'pending' and kind <> 'test')::float8
     from notification_deliveries group by project`,
] as const;

export function readNotificationFigures(pool: Pool): Promise<Figure[]> {
  return readFigures(pool, statements);
}
