import { z } from 'zod';
import { feedbackTypes } from '../../adapters/postgres/feedback-store.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { feedbackList, predictionList } from '../../adapters/postgres/lists/prediction-list.js';
import { readFeedback } from '../../adapters/postgres/prediction-reader.js';
import { NotFoundError } from '../../core/errors.js';
import type { ControlDeps } from '../control-deps.js';
import { recent } from '../http/recent.js';
import { type Route, route } from '../http/route.js';
import { explainPrediction, explanationSchema } from '../models/explain-prediction.js';
import { projectName, rowId, versionName } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';
import { feedbackEntrySchema, feedbackEntryView, predictionSchema, predictionView } from '../views/prediction-view.js';

const variant = z.enum(['production', 'candidate']).optional();
const text = z.string().min(1).max(200).optional();
/** An explanation never changes; the few that are looked at stay at hand for a while. */
const EXPLANATION_MAX_AGE_MS = 600_000;

/** What was predicted for whom, and what people said of it. */
export function predictionRoutes(deps: ControlDeps): Route[] {
  const { pool, project } = deps;

  const find = async (name: string, id: number) => {
    const { items } = await listPage(pool, predictionList, { limit: 1, filters: { project: name, id } });
    if (!items[0]) throw new NotFoundError(`${name} has no prediction ${id}, or it is past its retention`);
    return items[0];
  };
  const explanation = recent(
    async (key) => {
      const [name, id] = key.split(' ') as [string, string];
      const { modelVersion, input } = await find(name, Number(id));
      return explainPrediction(deps, name, modelVersion, input);
    },
    { maxAgeMs: EXPLANATION_MAX_AGE_MS },
  );

  return [
    route({
      method: 'get',
      path: '/api/predictions',
      tag: 'monitoring',
      summary: 'Predictions with what was said of them',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        variant,
        model_version: versionName.optional(),
        experiment_id: rowId.optional(),
        user_id: text,
        request_id: text,
      }),
      answer: pageOf(predictionSchema),
      async handle({ query }) {
        project(query.project);
        const page = await listPage(pool, predictionList, toListQuery(query));
        const said = await readFeedback(
          pool,
          page.items.map(({ id }) => id),
        );
        return pageView(page, (item) => predictionView(item, said));
      },
    }),
    route({
      method: 'get',
      path: '/api/predictions/:id',
      tag: 'monitoring',
      summary: 'One prediction with its explanation',
      access: 'viewer',
      params: z.strictObject({ id: rowId }),
      query: z.strictObject({ project: projectName }),
      answer: predictionSchema
        .extend({
          unit: z.string(),
          explanation: explanationSchema.nullable().describe('Null once the files of its model were deleted'),
        })
        .meta({ id: 'PredictionDetail' }),
      problems: [404],
      async handle({ params: { id }, query }) {
        const { name, target } = project(query.project);
        const found = await find(name, id);
        const [said, why] = await Promise.all([readFeedback(pool, [id]), explanation(`${name} ${id}`)]);
        return { ...predictionView(found, said), unit: target.unit, explanation: why };
      },
    }),
    route({
      method: 'get',
      path: '/api/feedback',
      tag: 'monitoring',
      summary: 'What people said of predictions, answers that were replaced among them',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        type: z.enum(feedbackTypes).optional(),
        prediction_id: rowId.optional(),
        model_version: versionName.optional(),
        variant,
      }),
      answer: pageOf(feedbackEntrySchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, feedbackList, toListQuery(query)), feedbackEntryView);
      },
    }),
  ];
}
