import { z } from 'zod';
import { deploymentAt, previousProduction } from '../../adapters/postgres/deployment-history.js';
import { listInstances } from '../../adapters/postgres/instance-list.js';
import { ConflictError } from '../../core/errors.js';
import { deliveryId } from '../../core/loop/workflow-ids.js';
import type { Slot } from '../../core/registry/version.js';
import type { ControlDeps } from '../control-deps.js';
import { createDeliveries } from '../deliveries.js';
import { type Route, route } from '../http/route.js';
import { checkDeployable } from '../models/check-deployable.js';
import { deploymentSchema, deploymentView } from '../views/deployment-view.js';
import { instant, iso, isoOrNull, projectName, reason, versionName } from '../views/fields.js';
import { instanceSchema, instanceView, SHOWN_WITHIN_MS } from '../views/instance-view.js';
import { jobStatus } from '../views/job-view.js';

const slotName = z.enum(['production', 'candidate']);

const startedDeliverySchema = z
  .object({
    job_id: z.string(),
    project: z.string(),
    slot: slotName,
    version: versionName,
    previous: z.string().nullable(),
  })
  .meta({ id: 'StartedDelivery' });

const deliverySchema = z.object({
  job_id: z.string(),
  type: z.string(),
  status: z.enum(jobStatus),
  error: z.string().nullable(),
  result: z.unknown(),
  started_at: instant,
  ended_at: instant.nullable(),
});

const statusSchema = z
  .object({
    project: z.string(),
    production: deploymentSchema.nullable(),
    candidate: deploymentSchema.nullable(),
    instances: z.array(instanceSchema),
    delivery: deliverySchema.nullable().describe('The delivery under way, or the last one'),
  })
  .meta({ id: 'DeployStatus' });

export function deployRoutes(deps: ControlDeps): Route[] {
  const { pool, registry, slots, jobs, project, now } = deps;
  const deliver = createDeliveries(deps);

  const slotView = async (name: string, slot: Slot) => {
    const deployment = await deploymentAt(pool, name, slot, now());
    return deployment && deploymentView(deployment);
  };

  return [
    route({
      method: 'post',
      path: '/api/deploy',
      tag: 'deploy',
      summary: 'Put a version into a slot',
      description:
        'Production takes a BO version; the candidate slot takes any version that stands, and an experiment begins. Done when every living instance serves it: see deploy/status.',
      access: 'approver',
      status: 202,
      idempotent: true,
      body: z.strictObject({
        project: projectName,
        version: versionName,
        slot: slotName.default('production'),
        reason,
      }),
      answer: startedDeliverySchema,
      problems: [404, 409],
      async handle(context) {
        const { project: name, version, slot, reason: why } = context.body;
        project(name);
        return deliver(context, { project: name, action: 'deploy', subject: version, reason: why }, async () => {
          const model = await registry.get(name, version);
          checkDeployable(model, slot);
          const present = await slots.get(name, slot);
          if (present.version === version) throw new ConflictError(`${version} is in the ${slot} slot already`);
          const input = { project: name, slot, version, reason: why, actor: context.caller.name };
          return { type: 'deploy', input, facts: { slot, version, previous: present.version } };
        });
      },
    }),
    route({
      method: 'get',
      path: '/api/deploy/status',
      tag: 'deploy',
      summary: 'What the slots hold and how the last delivery went',
      access: 'viewer',
      query: z.strictObject({ project: projectName }),
      answer: statusSchema,
      async handle({ query }) {
        const { name } = project(query.project);
        const [production, candidate, instances, delivery] = await Promise.all([
          slotView(name, 'production'),
          slotView(name, 'candidate'),
          listInstances(pool, name, SHOWN_WITHIN_MS),
          jobs.latest(deliveryId(name)),
        ]);
        return {
          project: name,
          production,
          candidate,
          instances: instances.map((instance) => instanceView(instance, now())),
          delivery: delivery && {
            job_id: delivery.jobId,
            type: delivery.type,
            status: delivery.state,
            error: delivery.error,
            result: delivery.result,
            started_at: iso(delivery.startedAt),
            ended_at: isoOrNull(delivery.endedAt),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/deploy/rollback',
      tag: 'deploy',
      summary: 'Go back to the previous production version, or to the BO that is named',
      description: 'Nothing is copied or trained: the instances load the version that they served before.',
      access: 'operator',
      status: 202,
      idempotent: true,
      body: z.strictObject({
        project: projectName,
        version: versionName.optional().describe('Default: the version before the present one'),
        reason: reason.optional(),
      }),
      answer: startedDeliverySchema,
      problems: [404, 409],
      async handle(context) {
        const { project: name, version: wanted, reason: why = `rolled back by ${context.caller.name}` } = context.body;
        project(name);
        const version = wanted ?? (await previousProduction(pool, name));
        if (version === null) throw new ConflictError(`${name} has no earlier production version to go back to`);
        return deliver(context, { project: name, action: 'rollback', subject: version, reason: why }, async () => {
          checkDeployable(await registry.get(name, version), 'production');
          const present = await slots.get(name, 'production');
          if (present.version === version) throw new ConflictError(`${version} is in production already`);
          const input = { project: name, slot: 'production', version, reason: why, actor: context.caller.name };
          return { type: 'deploy', input, facts: { slot: 'production' as const, version, previous: present.version } };
        });
      },
    }),
  ];
}
