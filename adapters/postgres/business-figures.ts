import type { Pool } from 'pg';
import type { Figure } from '../figures/figure.js';
import { readFigures } from './read-figures.js';

/** What users said and were told, batches, the audit log, and the state of the database itself. */
const statements = [
  `select 'feedbackCurrent' as key, jsonb_build_object('project', project, 'type', type) as labels, count(*)::float8 as value
     from feedback where superseded_at is null group by project, type`,

  `with recent as (select project, variant, (value #>> '{}')::float8 as stars from feedback
     where type = 'rating' and superseded_at is null and created_at > now() - interval '7 days'),
   actual as (select project, variant, prediction, (value #>> '{}')::float8 as price from feedback
     where type = 'actual_price' and superseded_at is null and created_at > now() - interval '90 days'
       and (value #>> '{}')::float8 > 0)
   select f.key, jsonb_build_object('project', project, 'variant', variant) as labels, f.value from (
     select project, variant, avg(stars) as mean, count(*)::float8 as count from recent group by project, variant) r,
     lateral (values ('ratingMean', mean), ('ratingCount', count)) f (key, value)
   union all select f.key, jsonb_build_object('project', project, 'variant', variant), f.value from (
     select project, variant, avg(abs(prediction - price) / price) as error, avg((prediction - price) / price) as bias,
            count(*)::float8 as count from actual group by project, variant) a,
     lateral (values ('actualError', error), ('actualBias', bias), ('actualCount', count)) f (key, value)`,

  `select 'estimateMean' as key, jsonb_build_object('project', s.project, 'variant', p.variant) as labels, avg(p.prediction) as value
     from (select distinct project from slots) s, lateral (
       select variant, prediction from predictions where project = s.project and created_at > now() - interval '1 hour'
       order by created_at desc, id desc limit 1000) p group by s.project, p.variant`,

  `with states as (select p.project, s.state from (select distinct project from slots) p
     cross join unnest(array['succeeded', 'failed']) s (state))
   select 'batches' as key, jsonb_build_object('project', s.project, 'state', s.state) as labels, count(b.id)::float8 as value
     from states s left join prediction_batches b on b.project = s.project and b.state = s.state group by s.project, s.state
   union all select 'batchesRunning', jsonb_build_object('project', p.project), count(b.id)
     from (select distinct project from slots) p left join prediction_batches b on b.project = p.project and b.state = 'running' group by p.project
   union all select 'batchRowsDone', jsonb_build_object('project', project, 'outcome', o.outcome), sum(o.rows)
     from prediction_batches, lateral (values ('answered', rows - refused_rows), ('refused', refused_rows)) o (outcome, rows) group by project, o.outcome`,

  `with states as (select p.project, s.state from (select distinct project from slots) p
     cross join unnest(array['running', 'succeeded', 'failed', 'cancelled']) s (state))
   select 'batchJobs' as key, jsonb_build_object('project', s.project, 'state', s.state) as labels, count(b.id)::float8 as value
     from states s left join batch_jobs b on b.project = s.project and b.state = s.state group by s.project, s.state
   union all select 'batchJobRows', jsonb_build_object('project', p.project, 'outcome', o.outcome), coalesce(sum(o.rows), 0)
     from (select distinct project from slots) p left join batch_jobs b on b.project = p.project, lateral (values
       ('answered', b.rows_done - b.refused_rows), ('refused', b.refused_rows)) o (outcome, rows) group by p.project, o.outcome`,

  `select 'auditEntries' as key, jsonb_build_object('action', action) as labels, count(*)::float8 as value from audit group by action`,

  `select 'databaseBytes' as key, '{}'::jsonb as labels, pg_database_size(current_database())::float8 as value
   union all select 'databaseConnections', '{}', count(*) from pg_stat_activity where backend_type = 'client backend'
   union all select 'databaseConnectionsMax', '{}', current_setting('max_connections')::float8
   union all select 'deadTuples', '{}', sum(n_dead_tup)::float8 / greatest(sum(n_live_tup + n_dead_tup), 1) from pg_stat_user_tables`,
] as const;

export function readBusinessFigures(pool: Pool): Promise<Figure[]> {
  return readFigures(pool, statements);
}
