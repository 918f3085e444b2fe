import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { abTestList } from '../../adapters/postgres/lists/lists.js';
import { ConflictError, InvalidInputError } from '../../core/errors.js';
import { checkSplit, lookAtAbTest, variantOf } from '../../core/experiment/ab-test.js';
import { parseDecisionRule } from '../../core/experiment/decision-rule.js';
import { expectedUsers } from '../../core/experiment/expected-users.js';
import { ruleForMetric, successMetrics } from '../../core/experiment/success-metric.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import {
  abTestResultSchema,
  abTestResultView,
  abTestSchema,
  abTestView,
  treatmentSchema,
  variantName,
} from '../views/ab-test-view.js';
import { projectName, reason, rowId } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const byId = z.strictObject({ id: rowId });
const userId = z.string().min(1).max(128);

const newTest = z.strictObject({
  project: projectName,
  name: z.string().trim().min(1).max(100),
  control: variantName,
  treatments: z.array(treatmentSchema).min(1).max(10),
  success_metric: z.enum(successMetrics).default('score'),
  policy: z.enum(['rule', 'evidence']).default('evidence'),
  max_age_days: z.number().gt(0).max(365).optional(),
});

const observation = z
  .strictObject({
    user_id: userId,
    variant: variantName.optional().describe('What the user really saw; default: what the split says'),
    latency_ms: z.number().min(0).max(3_600_000).optional(),
    failed: z.boolean().default(false),
    rating: z.int().min(1).max(5).optional(),
    accuracy: z.number().min(0).max(1).optional().describe('1 = right, 0 = off by all of it'),
  })
  .describe('With a latency or as a failure it counts as a request');

/** Experiments on models that are served elsewhere: several treatments at once, one winner at most. */
export function abTestRoutes(deps: ControlDeps): Route[] {
  const { pool, abTests, audit, project, userIds, now } = deps;

  async function running(id: number) {
    const test = await abTests.get(id);
    if (test.endedAt) throw new ConflictError(`A/B test ${id} has ended already: ${test.state}`);
    return test;
  }

  return [
    route({
      method: 'post',
      path: '/api/ab-tests',
      tag: 'ab-tests',
      summary: 'Begin a test of one or more treatments against a control, wherever they are served',
      description:
        'The platform deals the users (assignment), counts what it is told (observations) and decides every hour as it does for its own candidates. It serves and promotes nothing here.',
      access: 'operator',
      status: 201,
      body: newTest,
      answer: abTestSchema,
      problems: [409],
      async handle(context) {
        const { project: name, success_metric: metric, control, treatments, ...terms } = context.body;
        checkSplit(control, treatments);
        const maxAge = terms.max_age_days === undefined ? {} : { maxAgeDays: terms.max_age_days };
        const rule = ruleForMetric(
          parseDecisionRule({ ...project(name).decision, policy: terms.policy, ...maxAge }),
          metric,
        );
        const least = Math.min(...treatments.map(({ percent }) => percent));
        const test = await abTests.open({
          project: name,
          name: terms.name,
          metric,
          rule,
          control,
          treatments,
          expectedUsers: expectedUsers({ candidateWeightPercent: least }, rule),
          createdBy: context.caller.name,
        });
        await auditRequest(audit, context, {
          project: name,
          action: 'ab_test.new',
          subject: `A/B test ${test.id}`,
          details: { name: test.name, control, treatments, metric },
        });
        return abTestView(test);
      },
    }),
    route({
      method: 'get',
      path: '/api/ab-tests',
      tag: 'ab-tests',
      summary: 'A/B tests of a project',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        state: z.enum(['running', 'decided', 'expired', 'stopped']).optional(),
      }),
      answer: pageOf(abTestSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, abTestList, toListQuery(query)), abTestView);
      },
    }),
    route({
      method: 'get',
      path: '/api/ab-tests/:id',
      tag: 'ab-tests',
      summary: 'One A/B test',
      access: 'viewer',
      params: byId,
      answer: abTestSchema,
      problems: [404],
      handle: async ({ params }) => abTestView(await abTests.get(params.id)),
    }),
    route({
      method: 'get',
      path: '/api/ab-tests/:id/assignment',
      tag: 'ab-tests',
      summary: 'Which variant a user sees: the same for as long as the test lasts',
      access: 'viewer',
      params: byId,
      query: z.strictObject({ user_id: userId }),
      answer: z.object({ user_id: z.string(), variant: z.string() }).meta({ id: 'Assignment' }),
      problems: [404],
      async handle({ params, query }) {
        const test = await abTests.get(params.id);
        // who won is for everybody
        const variant = test.endedAt ? (test.winner ?? test.control) : variantOf(test, query.user_id);
        return { user_id: query.user_id, variant };
      },
    }),
    route({
      method: 'post',
      path: '/api/ab-tests/:id/observations',
      tag: 'ab-tests',
      summary: 'Tell what happened to users',
      access: 'operator',
      status: 202,
      idempotent: true,
      params: byId,
      body: z.strictObject({ observations: z.array(observation).min(1).max(1000) }),
      answer: z.object({ counted: z.int() }).meta({ id: 'CountedObservations' }),
      problems: [404, 409],
      async handle({ params, body }) {
        const test = await running(params.id);
        const known = new Set([test.control, ...test.treatments.map(({ name }) => name)]);
        const all = body.observations.map((one) => ({
          userId: userIds.stored(one.user_id),
          variant: one.variant ?? variantOf(test, one.user_id),
          latencyMs: one.latency_ms ?? null,
          failed: one.failed,
          rating: one.rating ?? null,
          accuracy: one.accuracy ?? null,
        }));
        const stranger = all.find(({ variant }) => !known.has(variant));
        if (stranger) {
          throw new InvalidInputError(`variant must be one of ${[...known].join(', ')}, got ${stranger.variant}`);
        }
        await abTests.observe(test.id, test.rule.latencyBudgetMs, all);
        return { counted: all.length };
      },
    }),
    route({
      method: 'get',
      path: '/api/ab-tests/:id/result',
      tag: 'ab-tests',
      summary: 'Both verdicts on each treatment as of now; looking often is allowed',
      access: 'viewer',
      params: byId,
      answer: abTestResultSchema,
      problems: [404],
      async handle({ params }) {
        const test = await abTests.get(params.id);
        const { counts, previous } = await abTests.read(test);
        const at = now();
        return abTestResultView(lookAtAbTest(test, counts, previous, { ...test, now: at }, test.rule), at);
      },
    }),
    route({
      method: 'post',
      path: '/api/ab-tests/:id/stop',
      tag: 'ab-tests',
      summary: 'End a test without a winner',
      access: 'operator',
      params: byId,
      body: z.strictObject({ reason }),
      answer: abTestSchema,
      problems: [404, 409],
      async handle(context) {
        const test = await running(context.params.id);
        const stopped = await abTests.stop(test.id, context.body.reason);
        await auditRequest(audit, context, {
          project: test.project,
          action: 'ab_test.stop',
          subject: `A/B test ${test.id}`,
          reason: context.body.reason,
        });
        return abTestView(stopped);
      },
    }),
  ];
}
