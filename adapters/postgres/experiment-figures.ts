import type { Pool } from 'pg';
import type { Figure } from '../figures/figure.js';
import { readFigures } from './read-figures.js';

/** What there is to say about the open experiments and all decisions. Seconds since `now()` are the database's. */
const statements = [
  `with open as (select * from experiments where ended_at is null)
   select 'experimentOpen' as key, jsonb_build_object('project', p.project) as labels, (o.id is not null)::int as value
     from (select distinct project from slots) p left join open o using (project)
   union all select 'experimentAge', jsonb_build_object('project', project), extract(epoch from now() - coalesce(started_at, created_at)) from open
   union all select 'expectedUsers', jsonb_build_object('project', project), expected_users from open
   union all select 'candidateWeight', jsonb_build_object('project', project), candidate_weight_percent / 100 from routing
   union all select 'shadowWeight', jsonb_build_object('project', project), shadow_percent / 100 from routing
   union all select 'approvalsPending', jsonb_build_object('project', p.project), count(a.id)
     from (select distinct project from slots) p left join approvals a on a.project = p.project and a.state = 'pending' group by p.project`,

  `with counts as (
     select e.project, u.variant, count(*) as users, sum(u.requests) as requests, sum(u.errors) as errors, sum(u.ratings) as ratings,
            sum(u.rating_sum) / nullif(sum(u.ratings), 0) as rating, sum(u.latency_ms_sum) / nullif(sum(u.requests), 0) / 1000 as latency
     from experiments e join experiment_users u on u.experiment_id = e.id where e.ended_at is null group by 1, 2)
   select f.key, jsonb_build_object('project', project, 'variant', variant) as labels, f.value from counts,
     lateral (values ('experimentUsers', users::float8), ('experimentRequests', requests), ('experimentErrors', errors),
       ('experimentRatings', ratings), ('experimentRating', rating), ('experimentLatency', latency)) f (key, value)
   where f.value is not null`,

  `with last as (
     select distinct on (d.project) d.project, d.decided_at, d.evaluation, e.ended_at
     from decisions d join experiments e on e.id = d.experiment_id order by d.project, d.id desc)
   select 'lastDecision' as key, jsonb_build_object('project', project) as labels, extract(epoch from decided_at) as value from last
   union all select 'sampleRatioPValue', jsonb_build_object('project', project), (evaluation #>> '{evidence,running,sampleRatioPValue}')::float8
     from last where ended_at is null
   union all select 'evidencePValue', jsonb_build_object('project', project), (evaluation #>> '{evidence,running,pValue}')::float8
     from last where ended_at is null
   union all select 'experimentScore', jsonb_build_object('project', project, 'variant', 'production'), (evaluation #>> '{rule,numbers,productionScore}')::float8
     from last where ended_at is null
   union all select 'experimentScore', jsonb_build_object('project', project, 'variant', 'candidate'), (evaluation #>> '{rule,numbers,candidateScore}')::float8
     from last where ended_at is null`,

  `select 'decisions' as key, jsonb_build_object('project', project, 'verdict', verdict) as labels, count(*) as value
     from decisions group by project, verdict
   union all select 'experimentsEnded', jsonb_build_object('project', project, 'outcome', coalesce(outcome, state)), count(*)
     from experiments where ended_at is not null group by project, coalesce(outcome, state)
   union all select 'timeToDecision', jsonb_build_object('project', project), extract(epoch from avg(ended_at - started_at))
     from experiments where ended_at > now() - interval '90 days' and started_at is not null group by project`,
] as const;

export function readExperimentFigures(pool: Pool): Promise<Figure[]> {
  return readFigures(pool, statements);
}
