import { z } from 'zod';
import { ConflictError } from '../../core/errors.js';
import { parseExperimentSettings } from '../../core/experiment/experiment-settings.js';
import { approvalId } from '../../core/loop/workflow-ids.js';
import type { ControlDeps } from '../control-deps.js';
import { createDeliveries } from '../deliveries.js';
import { type Route, route } from '../http/route.js';
import { checkDeployable } from '../models/check-deployable.js';
import { projectName, reason, rowId, versionName } from '../views/fields.js';

export const startedPromotionSchema = z
  .object({
    job_id: z.string(),
    project: z.string(),
    slot: z.enum(['production', 'candidate']),
    version: versionName,
    previous: z.string().nullable(),
  })
  .meta({ id: 'StartedPromotion' });

/** What a person may do in the place of the hourly decision. */
export function promotionRoutes(deps: ControlDeps): Route[] {
  const { registry, slots, experiments, project } = deps;
  const deliver = createDeliveries(deps);
  return [
    route({
      method: 'put',
      path: '/api/models/:version/promote',
      tag: 'models',
      summary: 'Make a version the production model',
      description:
        'The candidate of the open experiment becomes the next BO, as after a `promote` verdict; where the project asks for a second person, they are asked first (see approvals). A BO version is put back into production as it is.',
      access: 'approver',
      status: 202,
      params: z.strictObject({ version: versionName }),
      body: z.strictObject({ project: projectName, reason }),
      answer: startedPromotionSchema,
      problems: [404, 409],
      async handle(context) {
        const { project: name, reason: why } = context.body;
        const { version } = context.params;
        const { caller } = context;
        project(name);
        return deliver(context, { project: name, action: 'promote', subject: version, reason: why }, async () => {
          const model = await registry.get(name, version);
          checkDeployable(model, model.kind === 'BO' ? 'production' : 'candidate');
          const { version: previous } = await slots.get(name, 'production');
          if (previous === version) throw new ConflictError(`${version} is in production already`);
          const facts = { slot: 'production' as const, version, previous };
          if (model.kind === 'BO') {
            const input = { project: name, slot: 'production', version, reason: why, actor: caller.name };
            return { type: 'deploy', input, facts };
          }
          const experiment = await experiments.current(name);
          if (experiment?.candidateVersion !== version) {
            throw new ConflictError(
              `${version} is not the candidate of an open experiment: deploy it to the candidate slot first`,
            );
          }
          const input = {
            project: name,
            experimentId: experiment.id,
            candidate: version,
            reason: why,
            actor: caller.name,
          };
          if (!parseExperimentSettings(project(name).experiment).approval.required) {
            return { type: 'promote', input, facts };
          }
          return { type: 'promoteWithApproval', workflowId: approvalId(name), input, facts };
        });
      },
    }),
    route({
      method: 'post',
      path: '/api/experiments/:id/stop',
      tag: 'experiments',
      summary: 'End an experiment without a verdict: its users go to production, its candidate is kept',
      access: 'operator',
      status: 202,
      params: z.strictObject({ id: rowId }),
      body: z.strictObject({ reason }),
      answer: startedPromotionSchema,
      problems: [404, 409],
      async handle(context) {
        const { reason: why } = context.body;
        const experiment = await experiments.get(context.params.id);
        const { id, project: name, candidateVersion: candidate } = experiment;
        return deliver(
          context,
          { project: name, action: 'experiment.stop', subject: String(id), reason: why },
          async () => {
            if (experiment.endedAt) throw new ConflictError(`experiment ${id} has ended already: ${experiment.state}`);
            const input = { project: name, experimentId: id, candidate, reason: why, actor: context.caller.name };
            return {
              type: 'stopExperiment',
              input,
              facts: { slot: 'candidate', version: candidate, previous: candidate },
            };
          },
        );
      },
    }),
  ];
}
