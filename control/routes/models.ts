import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { modelList } from '../../adapters/postgres/lists/lists.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { compareModels, comparisonSchema } from '../models/compare-models.js';
import { readModelFacts } from '../models/model-facts.js';
import { projectName, versionName } from '../views/fields.js';
import { modelSchema, modelStates, modelView } from '../views/model-view.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const ofProject = z.strictObject({ project: projectName });
const byVersion = z.strictObject({ version: versionName });

const modelDetailSchema = modelSchema
  .extend({
    importances: z.record(z.string(), z.number()).nullable().describe('Share of each feature, adding up to 1'),
    features: z.array(z.string()).nullable().describe('What the model reads, in order'),
    files: z
      .record(z.string(), z.object({ bytes: z.int(), sha256: z.string() }))
      .nullable()
      .describe('Its files with their digests; null once they were deleted'),
  })
  .meta({ id: 'ModelDetail' });

export function modelRoutes(deps: ControlDeps): Route[] {
  const { pool, registry, project } = deps;
  return [
    route({
      method: 'get',
      path: '/api/models',
      tag: 'models',
      summary: 'Model versions of a project',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        state: z.enum(modelStates).optional(),
        kind: z.enum(['BO', 'CO']).optional(),
        parent_version: versionName.optional(),
      }),
      answer: pageOf(modelSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, modelList, toListQuery(query)), modelView);
      },
    }),
    route({
      method: 'get',
      path: '/api/models/compare',
      tag: 'models',
      summary: 'Two model versions side by side, with their predictions for the same rows',
      access: 'viewer',
      query: z.strictObject({ project: projectName, a: versionName, b: versionName }),
      answer: comparisonSchema,
      problems: [404],
      handle: async ({ query: { project: name, a, b } }) => compareModels(deps, project(name), a, b),
    }),
    route({
      method: 'get',
      path: '/api/models/:version',
      tag: 'models',
      summary: 'One model version with its files and importances',
      access: 'viewer',
      params: byVersion,
      query: ofProject,
      answer: modelDetailSchema,
      problems: [404],
      async handle({ params: { version }, query }) {
        const model = await registry.get(project(query.project).name, version);
        const facts = await readModelFacts(deps, model);
        return {
          ...modelView(model),
          importances: facts?.document.importances ?? null,
          features: facts ? Object.keys(facts.document.importances) : null,
          files: facts?.manifest.files ?? null,
        };
      },
    }),
  ];
}
