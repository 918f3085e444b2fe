import { z } from 'zod';
import { detectableEffect, planExperiment } from '../../core/experiment/plan-experiment.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { projectName } from '../views/fields.js';

const trafficFields = {
  candidate_weight_percent: z.number().gt(0).lt(100).optional().describe("Default: the project's"),
  mean_rating: z.number().min(1).max(5).optional(),
  rating_deviation: z.number().gt(0).max(5).optional(),
  mean_latency_ms: z.number().min(0).max(600_000).optional(),
  ratings_per_user: z.number().gt(0).max(1000).optional(),
  users_per_hour: z.number().gt(0).max(1e9).optional(),
};

const powerSchema = z
  .object({
    effect_ratio: z.number().describe("The score's change over production's"),
    rating_difference: z.number().nullable(),
    candidate_ratings: z.int(),
    production_ratings: z.int().nullable(),
    users: z.int().nullable().describe('Of both variants'),
    hours: z.number().nullable().describe('Null without users_per_hour'),
    alpha: z.number(),
    power: z.number(),
  })
  .meta({ id: 'PowerPlan' });

export function powerRoutes({ project }: ControlDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/experiments/power',
      tag: 'experiments',
      summary: 'How long an experiment must run, or what it can show',
      description:
        'With `effect_ratio`: the ratings, users and hours that show this change. With `candidate_ratings`: the smallest change that so many show.',
      access: 'viewer',
      body: z
        .strictObject({
          project: projectName,
          effect_ratio: z.number().gt(-1).lt(10).optional().describe('0.05 = 5 % better'),
          candidate_ratings: z.int().min(2).max(1_000_000_000).optional(),
          alpha: z.number().gt(0).lt(0.5).optional(),
          power: z.number().gt(0).lt(1).default(0.8),
          ...trafficFields,
        })
        .refine(
          (body) => (body.effect_ratio === undefined) !== (body.candidate_ratings === undefined),
          'give either effect_ratio or candidate_ratings',
        )
        .refine((body) => body.effect_ratio !== 0, {
          path: ['effect_ratio'],
          message: 'no change needs no experiment',
        }),
      answer: powerSchema,
      async handle({ body }) {
        const { decision, candidateWeightPercent } = project(body.project);
        const { alpha = decision.alpha, power } = body;
        const given = {
          candidateWeightPercent: body.candidate_weight_percent ?? candidateWeightPercent,
          meanRating: body.mean_rating,
          ratingDeviation: body.rating_deviation,
          meanLatencyMs: body.mean_latency_ms,
          ratingsPerUser: body.ratings_per_user,
          usersPerHour: body.users_per_hour,
        };
        if (body.effect_ratio === undefined) {
          const ratings = body.candidate_ratings!;
          const effect = detectableEffect(ratings, given, decision, { alpha, power });
          return {
            effect_ratio: effect,
            rating_difference: null,
            candidate_ratings: ratings,
            production_ratings: null,
            users: null,
            hours: null,
            alpha,
            power,
          };
        }
        const plan = planExperiment(body.effect_ratio, given, decision, { alpha, power });
        return {
          effect_ratio: plan.effectRatio,
          rating_difference: plan.ratingDifference,
          candidate_ratings: plan.candidateRatings,
          production_ratings: plan.productionRatings,
          users: plan.users,
          hours: plan.hours,
          alpha,
          power,
        };
      },
    }),
  ];
}
