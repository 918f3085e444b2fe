import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { decisionList, experimentList } from '../../adapters/postgres/lists/lists.js';
import type { ControlDeps } from '../control-deps.js';
import { recent } from '../http/recent.js';
import { type Route, route } from '../http/route.js';
import { decisionSchema, decisionView } from '../views/decision-view.js';
import { experimentSchema, experimentStates, experimentView } from '../views/experiment-view.js';
import { instant, iso, projectName, rowId } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';
import { variantSchema, variantView } from '../views/variant-view.js';

const byId = z.strictObject({ id: rowId });

const summarySchema = z
  .object({
    experiment_id: z.int(),
    read_at: instant,
    production: variantSchema,
    candidate: variantSchema,
    users_in_both: z.number().describe('Users who were answered by both variants: they should not exist'),
  })
  .meta({ id: 'ExperimentReading' });

/** Reading an experiment of millions of requests takes a second: many pages looking at it share one reading. */
const READING_MAX_AGE_MS = 2_000;

export function experimentRoutes({ pool, experiments, now, project }: ControlDeps): Route[] {
  const reading = recent(async (id) => ({ at: now(), summary: await experiments.summarize(Number(id)) }), {
    maxAgeMs: READING_MAX_AGE_MS,
  });
  return [
    route({
      method: 'get',
      path: '/api/experiments',
      tag: 'experiments',
      summary: 'Experiments of a project',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        state: z.enum(experimentStates).optional(),
        outcome: z.string().max(50).optional(),
      }),
      answer: pageOf(experimentSchema),
      async handle({ query }) {
        const { judgedBy } = project(query.project);
        const found = await listPage(pool, experimentList, toListQuery(query));
        return pageView(found, (experiment) => experimentView(experiment, judgedBy));
      },
    }),
    route({
      method: 'get',
      path: '/api/experiments/:id',
      tag: 'experiments',
      summary: 'One experiment',
      access: 'viewer',
      params: byId,
      answer: experimentSchema,
      problems: [404],
      async handle({ params }) {
        const experiment = await experiments.get(params.id);
        return experimentView(experiment, project(experiment.project).judgedBy);
      },
    }),
    route({
      method: 'get',
      path: '/api/experiments/:id/decisions',
      tag: 'experiments',
      summary: 'Every look at an experiment: both verdicts with their numbers',
      access: 'viewer',
      params: byId,
      query: listQuery({ verdict: z.string().max(40).optional(), policy: z.enum(['rule', 'evidence']).optional() }),
      answer: pageOf(decisionSchema),
      problems: [404],
      async handle({ params: { id }, query }) {
        const { rule, project: owner } = await experiments.get(id);
        const { filters, ...page } = toListQuery(query);
        const found = await listPage(pool, decisionList, {
          ...page,
          filters: { ...filters, project: owner, experiment_id: id },
        });
        return pageView(found, (decision) => decisionView(decision, rule));
      },
    }),
    route({
      method: 'get',
      path: '/api/experiments/:id/summary',
      tag: 'experiments',
      summary: 'Both variants as of now',
      access: 'viewer',
      params: byId,
      answer: summarySchema,
      problems: [404],
      async handle({ params: { id } }) {
        const { rule } = await experiments.get(id);
        const { at, summary } = await reading(String(id));
        return {
          experiment_id: id,
          read_at: iso(at),
          production: variantView(summary.production, rule),
          candidate: variantView(summary.candidate, rule),
          users_in_both: summary.usersInBoth,
        };
      },
    }),
  ];
}
