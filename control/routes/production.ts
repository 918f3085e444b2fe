import { z } from 'zod';
import { deploymentAt, deploymentList } from '../../adapters/postgres/deployment-history.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { NotFoundError } from '../../core/errors.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { deploymentSchema, deploymentView } from '../views/deployment-view.js';
import { projectName, versionName } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

export function productionRoutes({ pool, project, now }: ControlDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/production',
      tag: 'deploy',
      summary: 'Which model was in production at a time, since when, by whom and why',
      access: 'viewer',
      query: z.strictObject({
        project: projectName,
        at: z.iso.datetime({ offset: true }).optional().describe('ISO 8601 with a zone; default: now'),
      }),
      answer: deploymentSchema,
      problems: [404],
      async handle({ query: { project: name, at } }) {
        project(name);
        const time = at === undefined ? now() : new Date(at);
        const deployment = await deploymentAt(pool, name, 'production', time);
        if (!deployment) throw new NotFoundError(`${name} had no model in production at ${time.toISOString()}`);
        return deploymentView(deployment);
      },
    }),
    route({
      method: 'get',
      path: '/api/deployments',
      tag: 'deploy',
      summary: 'Deployments as history',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        slot: z.enum(['production', 'candidate']).optional(),
        version: versionName.optional(),
      }),
      answer: pageOf(deploymentSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, deploymentList, toListQuery(query)), deploymentView);
      },
    }),
  ];
}
