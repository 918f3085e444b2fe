import { z } from 'zod';
import { ConflictError } from '../../core/errors.js';
import { successMetrics } from '../../core/experiment/success-metric.js';
import type { ControlDeps } from '../control-deps.js';
import { createDeliveries } from '../deliveries.js';
import { type Route, route } from '../http/route.js';
import { checkDeployable } from '../models/check-deployable.js';
import { projectName, reason, versionName } from '../views/fields.js';
import { weightPercent } from './experiment-changes.js';
import { startedPromotionSchema } from './promotion.js';

const newExperiment = z.strictObject({
  project: projectName,
  name: z.string().trim().min(1).max(100),
  control: versionName.optional().describe('The production model, which is the default; anything else is refused'),
  treatment: versionName.describe('A version that stands; it goes into the candidate slot'),
  candidate_weight_percent: weightPercent.optional().describe('Default: what the model project says'),
  success_metric: z
    .enum(successMetrics)
    .default('score')
    .describe('score: the weighted score of the rule; accuracy: nearness to the actual price told afterwards'),
  policy: z.enum(['rule', 'evidence']).optional().describe('Which verdict acts; default: what the model project says'),
  reason,
});

/** An experiment by hand: a model, a share of users and one thing to find out, beside the production model. */
export function newExperimentRoutes(deps: ControlDeps): Route[] {
  const { registry, slots, project } = deps;
  const deliver = createDeliveries(deps);
  return [
    route({
      method: 'post',
      path: '/api/experiments',
      tag: 'experiments',
      summary: 'Begin an experiment with a model of your choice',
      description:
        'The treatment is put into the candidate slot and compared with production on one metric, by the same hourly looks, guardrails and approvals as a trained candidate. An open experiment ends first, without a winner.',
      access: 'approver',
      status: 202,
      idempotent: true,
      body: newExperiment,
      answer: startedPromotionSchema,
      problems: [404, 409],
      async handle(context) {
        const { project: name, treatment, control, reason: why, ...terms } = context.body;
        project(name);
        const request = { project: name, action: 'experiment.new', subject: treatment, reason: why };
        return deliver(context, request, async () => {
          checkDeployable(await registry.get(name, treatment), 'candidate');
          const [production, candidate] = await Promise.all([
            slots.get(name, 'production'),
            slots.get(name, 'candidate'),
          ]);
          if (production.version === null) throw new ConflictError(`${name} has no production model to compare with`);
          if (control !== undefined && control !== production.version) {
            throw new ConflictError(`the control is what users have now: ${production.version}, not ${control}`);
          }
          if (treatment === production.version) throw new ConflictError(`${treatment} is in production already`);
          if (candidate.version === treatment) throw new ConflictError(`${treatment} is in an experiment already`);
          const input = {
            project: name,
            slot: 'candidate',
            version: treatment,
            reason: why,
            actor: context.caller.name,
            terms: {
              name: terms.name,
              metric: terms.success_metric,
              ...(terms.candidate_weight_percent === undefined
                ? {}
                : { candidateWeightPercent: terms.candidate_weight_percent }),
              ...(terms.policy === undefined ? {} : { policy: terms.policy }),
            },
          };
          return {
            type: 'deploy',
            input,
            facts: { slot: 'candidate', version: treatment, previous: candidate.version },
          };
        });
      },
    }),
  ];
}
