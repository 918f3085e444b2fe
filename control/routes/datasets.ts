import { z } from 'zod';
import { datasetList, type ListedDataset } from '../../adapters/postgres/lists/dataset-list.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { NotFoundError } from '../../core/errors.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { instant, iso, projectName, recorded } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const datasetSchema = z
  .object({
    project: z.string(),
    number: z.int(),
    key: z.string().describe('In the bucket'),
    rows: z.int(),
    sha256: z.string(),
    created_at: instant,
  })
  .meta({ id: 'Dataset' });

const datasetDetailSchema = datasetSchema
  .extend({ profile: recorded.describe('What is in it and how it came to be, as stored beside it') })
  .meta({ id: 'DatasetDetail' });

function datasetView({ project, number, key, rows, sha256, createdAt }: ListedDataset): z.input<typeof datasetSchema> {
  return { project, number, key, rows, sha256, created_at: iso(createdAt) };
}

export function datasetRoutes({ pool, project }: ControlDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/datasets',
      tag: 'datasets',
      summary: 'Training snapshots of a project',
      access: 'viewer',
      query: listQuery({ project: projectName }),
      answer: pageOf(datasetSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, datasetList, toListQuery(query)), datasetView);
      },
    }),
    route({
      method: 'get',
      path: '/api/datasets/:number',
      tag: 'datasets',
      summary: 'One training snapshot with its profile',
      access: 'viewer',
      params: z.strictObject({ number: z.coerce.number().int().min(1).max(999_999_999) }),
      query: z.strictObject({ project: projectName }),
      answer: datasetDetailSchema,
      problems: [404],
      async handle({ params: { number }, query }) {
        const { name } = project(query.project);
        const { items } = await listPage(pool, datasetList, { limit: 1, filters: { project: name, number } });
        if (!items[0]) throw new NotFoundError(`${name} has no training snapshot ${number}`);
        return { ...datasetView(items[0]), profile: { ...items[0].profile } };
      },
    }),
  ];
}
