import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { annotateModel, type CatalogModel, findModel, modelList } from '../../adapters/postgres/model-catalog.js';
import { readLineage } from '../../adapters/postgres/model-lineage.js';
import { ConflictError } from '../../core/errors.js';
import { gateOutcomeSchema } from '../../core/registry/model-document.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { checkIfMatch } from '../http/etag.js';
import { recent } from '../http/recent.js';
import { type Route, route } from '../http/route.js';
import { compareModels, comparisonSchema } from '../models/compare-models.js';
import { readModelFacts } from '../models/model-facts.js';
import { projectName, versionName } from '../views/fields.js';
import { lineageSchema, lineageView } from '../views/lineage-view.js';
import { modelSchema, modelStates, modelView } from '../views/model-view.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const ofProject = z.strictObject({ project: projectName });
const byVersion = z.strictObject({ version: versionName });

const modelDetailSchema = modelSchema
  .extend({
    importances: z.record(z.string(), z.number()).nullable().describe('Share of each feature, adding up to 1'),
    gates: z
      .array(gateOutcomeSchema)
      .nullable()
      .describe('What it had to reach before it could serve; null where that was not written down'),
    features: z.array(z.string()).nullable().describe('What the model reads, in order'),
    files: z
      .record(z.string(), z.object({ bytes: z.int(), sha256: z.string() }))
      .nullable()
      .describe('Its files with their digests; null once they were deleted'),
  })
  .meta({ id: 'ModelDetail' });

const FACTS_MAX_AGE_MS = 60_000;

export function modelRoutes(deps: ControlDeps): Route[] {
  const { pool, project, audit } = deps;
  // the files of a version never change: what was read of them stays true while its state does
  const facts = recent(
    async (key) => {
      const [name, version] = key.split(' ') as [string, string];
      return readModelFacts(deps, await findModel(pool, name, version));
    },
    { maxAgeMs: FACTS_MAX_AGE_MS },
  );
  const detailOf = async (model: CatalogModel) => {
    const known = await facts(`${model.project} ${model.version} ${model.state}`);
    return {
      ...modelView(model),
      importances: known?.document.importances ?? null,
      gates: known?.document.gates ?? null,
      features: known ? Object.keys(known.document.importances) : null,
      files: known?.manifest.files ?? null,
    };
  };
  const detail = async (name: string, version: string) => detailOf(await findModel(pool, project(name).name, version));
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
        dataset_number: z.coerce.number().int().min(1).max(999_999_999).optional(),
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
      handle: async ({ params, query }) => detail(query.project, params.version),
    }),
    route({
      method: 'patch',
      path: '/api/models/:version',
      tag: 'models',
      summary: 'Write notes and tags on a model version',
      access: 'operator',
      params: byVersion,
      query: ofProject,
      body: z.strictObject({
        notes: z.string().max(5000).optional(),
        tags: z
          .array(z.string().regex(/^[\w.:-]{1,60}$/, 'letters, digits and . _ : -'))
          .max(30)
          .transform((tags) => [...new Set(tags)])
          .optional(),
      }),
      answer: modelDetailSchema,
      problems: [404],
      current: ({ params, query }) => detail(query.project, params.version),
      async handle(context) {
        const { params, query, body } = context;
        const before = await findModel(pool, project(query.project).name, params.version);
        // of the very reading that the update compares with: nothing can come in between
        checkIfMatch(context.request.headers['if-match'], await detailOf(before));
        if (!(await annotateModel(pool, before, body))) throw new ConflictError('somebody else wrote on it just now');
        const after = await detail(before.project, before.version);
        const written = ({ notes, tags }: { notes: string; tags: readonly string[] }) => ({ notes, tags });
        await auditRequest(audit, context, {
          project: before.project,
          action: 'model.annotate',
          subject: before.version,
          before: written(before),
          after: written(after),
        });
        return after;
      },
    }),
    route({
      method: 'get',
      path: '/api/models/:version/lineage',
      tag: 'models',
      summary: 'Where a model version came from and what became of it',
      access: 'viewer',
      params: byVersion,
      query: ofProject,
      answer: lineageSchema,
      problems: [404],
      async handle({ params: { version }, query }) {
        const model = await findModel(pool, project(query.project).name, version);
        return lineageView(model, await readLineage(pool, model.project, version));
      },
    }),
  ];
}
