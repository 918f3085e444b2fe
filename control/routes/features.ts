import { z } from 'zod';
import { findModel } from '../../adapters/postgres/model-catalog.js';
import { type EncodedColumn, parseEncoderPlan } from '../../core/features/encoder-plan.js';
import type { ControlDeps } from '../control-deps.js';
import { recent } from '../http/recent.js';
import { type Route, route } from '../http/route.js';
import { readModelFacts } from '../models/model-facts.js';
import { projectName } from '../views/fields.js';

const featureSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['numeric', 'ordinal', 'target']),
    importance: z.number().nullable().describe('Share in the production model; null where nothing is in production'),
    min: z.number().nullable().describe('Smallest value in training'),
    max: z.number().nullable(),
    categories: z.int().nullable().describe('Categories known from training; null for numbers'),
    most_frequent: z.array(z.string()).nullable().describe('At most ten; for target encodings'),
  })
  .meta({ id: 'Feature' });

const featuresSchema = z
  .object({
    project: z.string(),
    version: z.string().nullable().describe('The production model that the figures are of'),
    target: z.object({ name: z.string(), unit: z.string() }),
    items: z.array(featureSchema),
    next_cursor: z.null(),
  })
  .meta({ id: 'Features' });

const SHOWN_CATEGORIES = 10;
const FACTS_MAX_AGE_MS = 60_000;

function frequent(column: EncodedColumn | undefined): string[] | null {
  if (column?.kind !== 'target') return null;
  const order = column.categories.map((_, i) => i).sort((a, b) => column.counts[b]! - column.counts[a]!);
  return order.slice(0, SHOWN_CATEGORIES).map((i) => column.categories[i]!);
}

/** What a project's models read. */
export function featureRoutes(deps: ControlDeps): Route[] {
  // the files of a version never change
  const facts = recent(
    async (key) => {
      const [project, version] = key.split(' ') as [string, string];
      return readModelFacts(deps, await findModel(deps.pool, project, version));
    },
    { maxAgeMs: FACTS_MAX_AGE_MS },
  );
  return [
    route({
      method: 'get',
      path: '/api/features',
      tag: 'features',
      summary: "What a project's models read, and what the production model made of it",
      access: 'viewer',
      query: z.strictObject({ project: projectName }),
      answer: featuresSchema,
      async handle({ query }) {
        const { name: project, features, target } = deps.project(query.project);
        const { version } = await deps.slots.get(project, 'production');
        const model = version === null ? null : await findModel(deps.pool, project, version);
        const document = model && (await facts(`${project} ${model.version} ${model.state}`))?.document;
        const columns = document ? parseEncoderPlan(document.encoder).columns : [];
        return {
          project,
          version: document?.version ?? null,
          target: { name: target.column, unit: target.unit },
          items: features.map(({ name, kind }) => {
            const column = columns.find((one) => one.name === name);
            const numeric = column?.kind === 'numeric' ? column : null;
            return {
              name,
              kind,
              importance: document?.importances[name] ?? null,
              min: numeric?.min ?? null,
              max: numeric?.max ?? null,
              categories: column && column.kind !== 'numeric' ? column.categories.length : null,
              most_frequent: frequent(column),
            };
          }),
          next_cursor: null,
        };
      },
    }),
  ];
}
