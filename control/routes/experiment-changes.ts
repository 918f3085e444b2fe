import { z } from 'zod';
import type { Experiment } from '../../activities/ports.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { experimentChangeList } from '../../adapters/postgres/lists/lists.js';
import { ConflictError } from '../../core/errors.js';
import { type ExperimentEvent, nextPhase, phaseOf } from '../../core/experiment/experiment-life.js';
import type { ControlDeps } from '../control-deps.js';
import { createDeliveries } from '../deliveries.js';
import { type Route, type RouteContext, route } from '../http/route.js';
import { changeSchema, changeView } from '../views/experiment-change-view.js';
import { reason, rowId } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';
import { startedPromotionSchema } from './promotion.js';

const byId = z.strictObject({ id: rowId });
const why = z.strictObject({ reason });

/** What all changes have in common. */
const changing = {
  method: 'post',
  tag: 'experiments',
  access: 'operator',
  status: 202,
  params: byId,
  answer: startedPromotionSchema,
  problems: [404, 409],
} as const;

type Changing = RouteContext<{ id: number }, undefined, { reason: string }>;

const percent = z
  .number()
  .refine((value) => Math.abs(Math.round(value * 100) - value * 100) < 1e-6, 'at most two decimals');

/** A share of users, percent, as finely as the router can split. */
export const weightPercent = percent.gt(0).max(99, 'production keeps a share: at most 99');

const shadowBody = why
  .extend({
    shadow_percent: percent.min(0).max(100).describe('Share of requests that is copied; 0 ends the shadow now'),
    hours: z.number().gt(0).max(720).optional().describe('It lasts at least as long'),
    min_requests: z.int().min(1).max(1_000_000).optional().describe('And until the candidate answered so many copies'),
  })
  .refine((body) => body.shadow_percent === 0 || body.hours !== undefined || body.min_requests !== undefined, {
    path: ['hours'],
    message: 'needed, or min_requests: when would the shadow end?',
  });

function shadowEvent({
  shadow_percent,
  hours,
  min_requests: minRequests,
}: z.output<typeof shadowBody>): ExperimentEvent {
  if (shadow_percent === 0) return { type: 'shadow', shadow: null };
  return {
    type: 'shadow',
    shadow: { percent: shadow_percent, ...(hours && { hours }), ...(minRequests && { minRequests }) },
  };
}

/** What a person may change about an open experiment. */
export function experimentChangeRoutes(deps: ControlDeps): Route[] {
  const { pool, experiments } = deps;
  const deliver = createDeliveries(deps);

  async function change(context: Changing, event: ExperimentEvent) {
    const experiment = await experiments.get(context.params.id);
    const { id, project, candidateVersion: candidate } = experiment;
    const { reason: because } = context.body;
    const request = { project, action: `experiment.${event.type}`, subject: String(id), reason: because };
    return deliver(context, request, async () => {
      refuseEnded(experiment);
      nextPhase(phaseOf(experiment), event, experiment.path);
      const actor = context.caller.name;
      return {
        type: 'changeExperiment',
        input: { project, experimentId: id, candidate, event, reason: because, actor },
        facts: { slot: 'candidate', version: candidate, previous: candidate },
      };
    });
  }

  return [
    route({
      ...changing,
      path: '/api/experiments/:id/weights',
      summary: 'Give the candidate another share of users',
      description:
        'The counts so far were made under another split: they are forgotten and the clock of the decision begins anew. A ramp ends; a candidate in the shadow stays there and gets the share afterwards.',
      body: why.extend({ candidate_weight_percent: weightPercent }),
      handle: (context) => change(context, { type: 'weights', weightPercent: context.body.candidate_weight_percent }),
    }),
    route({
      ...changing,
      path: '/api/experiments/:id/pause',
      summary: 'Send all users to production for a while; the counts so far stay',
      body: why,
      handle: (context) => change(context, { type: 'pause' }),
    }),
    route({
      ...changing,
      path: '/api/experiments/:id/resume',
      summary: 'Go on where a paused experiment was',
      body: why,
      handle: (context) => change(context, { type: 'resume' }),
    }),
    route({
      ...changing,
      path: '/api/experiments/:id/shadow',
      summary: 'Show the candidate to nobody: it answers copies of requests',
      description:
        'All users go to production. When the shadow has lasted, or is ended, the candidate climbs the ramp again, and the clock of the decision begins anew at its full share. An experiment in the shadow gets the new terms, and its time begins anew.',
      body: shadowBody,
      handle: (context) => change(context, shadowEvent(context.body)),
    }),
    route({
      method: 'get',
      path: '/api/experiments/:id/changes',
      tag: 'experiments',
      summary: 'How an experiment came to its state and its weights',
      access: 'viewer',
      params: byId,
      query: listQuery({}),
      answer: pageOf(changeSchema),
      problems: [404],
      async handle({ params: { id }, query }) {
        await experiments.get(id);
        const { filters, ...page } = toListQuery(query);
        const found = await listPage(pool, experimentChangeList, {
          ...page,
          filters: { ...filters, experiment_id: id },
        });
        return pageView(found, changeView);
      },
    }),
  ];
}

function refuseEnded({ id, endedAt, state }: Experiment): void {
  if (endedAt) throw new ConflictError(`experiment ${id} has ended already: ${state}`);
}
