import type { Pool } from 'pg';
import type { Figure } from '../figures/figure.js';
import { readFigures } from './read-figures.js';

/** Drift, data, training, versions, slots and instances. */
const statements = [
  `with last as (select distinct on (project) * from drift_reports order by project, id desc)
   select f.key, jsonb_build_object('project', project) as labels, f.value from last,
     lateral (values ('driftDetected', drifted::int::float8), ('driftSevere', coalesce((report ->> 'severe')::bool, false)::int),
       ('driftRows', rows), ('lastDriftReport', extract(epoch from created_at))) f (key, value)
   union all select 'featureDrift', jsonb_build_object('project', project, 'feature', row ->> 'name'),
       (row ->> 'effect_size')::float8 / nullif((row ->> 'effect_line')::float8, 0)
     from last, jsonb_array_elements(report -> 'features') row
   union all select 'qualityShare', jsonb_build_object('project', project, 'column', row ->> 'name', 'check', row ->> 'check'),
       (row ->> 'current_share')::float8
     from last, jsonb_array_elements(report -> 'data_quality') row
   union all select 'driftReports', jsonb_build_object('project', project, 'drifted', drifted::text), count(*)
     from drift_reports group by project, drifted`,

  `with last as (select distinct on (project) * from datasets order by project, number desc)
   select f.key, jsonb_build_object('project', project) as labels, f.value from last,
     lateral (values ('datasetRows', rows::float8), ('datasetVersions', number), ('lastDataset', extract(epoch from created_at))) f (key, value)
   union all select 'datasetRemoved', jsonb_build_object('project', project, 'rule', step ->> 'rule'), (step ->> 'removed')::float8
     from last, jsonb_array_elements(profile -> 'cleaning') step`,

  `with trainings as (select * from runs where kind = 'training' and parent_id is null),
   names as (select distinct project from slots union select distinct project from trainings),
   succeeded as (select distinct on (project) * from trainings where status = 'succeeded' order by project, started_at desc)
   select 'trainingRuns' as key, jsonb_build_object('project', n.project, 'status', s.status) as labels, count(t.id)::float8 as value
     from names n cross join unnest(array['succeeded', 'failed', 'cancelled']) s (status)
     left join trainings t on t.project = n.project and t.status = s.status group by n.project, s.status
   union all select 'trainingRunning', jsonb_build_object('project', n.project), count(t.id)
     from names n left join trainings t on t.project = n.project and t.status = 'running' group by n.project
   union all select 'trainingFailedInRow', jsonb_build_object('project', n.project), count(t.id)
     from names n left join succeeded s using (project)
     left join trainings t on t.project = n.project and t.status = 'failed' and t.started_at > coalesce(s.started_at, '-infinity')
     group by n.project
   union all select 'trainingDuration', jsonb_build_object('project', project), extract(epoch from ended_at - started_at) from succeeded
   union all select 'trainingLastSuccess', jsonb_build_object('project', project), extract(epoch from ended_at) from succeeded`,

  `with served as (
     select s.project, s.slot, s.generation, m.created_at, m.metrics, d.deployed_at from slots s
     left join model_versions m on m.project = s.project and m.version = s.version
     left join deployments d on d.project = s.project and d.slot = s.slot and d.ended_at is null)
   select f.key, jsonb_build_object('project', project, 'slot', slot) as labels, f.value from served,
     lateral (values ('slotTarget', generation::float8), ('slotModelCreated', extract(epoch from created_at)),
       ('slotDeployed', extract(epoch from deployed_at))) f (key, value)
   union all select 'slotQuality', jsonb_build_object('project', project, 'slot', slot, 'measure', q.key), q.value::float8
     from served, jsonb_each_text(metrics) q where q.key in ('r2', 'mae', 'rmse', 'mape', 'accuracy', 'f1')
   union all select 'registryModels', jsonb_build_object('project', project, 'state', state), count(*) from model_versions group by 1, project, state
   union all select 'deployments', jsonb_build_object('project', project, 'slot', slot), count(*) from deployments group by 1, project, slot`,

  `with roles as (select p.project, r.role, s.generation as wanted from (select distinct project from slots) p
       cross join unnest(array['production', 'candidate', 'router']) r (role)
       left join slots s on s.project = p.project and s.slot = r.role),
   alive as (select * from instances where seen_at > now() - interval '15 seconds')
   select f.key, jsonb_build_object('project', g.project, 'role', g.role) as labels, f.value::float8 from (
     select r.project, r.role, count(a.id) as alive, count(a.id) filter (where a.generation < r.wanted) as behind,
            count(a.id) filter (where a.error is not null) as refusing
     from roles r left join alive a on a.project = r.project and a.role = r.role group by r.project, r.role) g,
     lateral (values ('instances', alive), ('instancesLagging', behind), ('instancesRefusing', refusing)) f (key, value)`,
] as const;

export function readModelFigures(pool: Pool): Promise<Figure[]> {
  return readFigures(pool, statements);
}
