import { z } from 'zod';
import type { Feedback } from '../../adapters/postgres/feedback-store.js';
import { InvalidInputError } from '../../core/errors.js';
import { type MaskedText, maskPersonalData } from '../../core/privacy/mask-personal-data.js';
import type { ModelProject } from '../../core/project.js';
import type { InferenceMetrics } from '../../monitoring/metrics.js';
import { checked } from '../http/checked.js';
import type { Endpoint } from '../http/endpoint.js';
import { fromDatabase } from '../http/from-database.js';
import { receive } from '../http/receive.js';
import { sendJson } from '../http/send.js';
import { storable } from '../predict/json-text.js';

const MAX_COMMENT = 2_000;

const number = (value: unknown) =>
  typeof value === 'string' && /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : value;
const truth = (value: unknown) => (value === 'true' ? true : value === 'false' ? false : value);

const idError = 'prediction_id must be the whole number that the prediction was answered with';
export const predictionId = z.preprocess(number, z.int({ error: idError }).positive({ error: idError }));

export const typeError = "feedback_type must be 'rating', 'accuracy', 'actual_price', 'actual_class' or 'comment'";
const ratingError = 'feedback_value of a rating must be a whole number from 1 to 5';
const accuracyError = "feedback_value of an accuracy must be true, false, 'too_high', 'fair' or 'too_low'";
const priceError =
  'feedback_value of an actual_price must be a number above 0 and at most 1000000, in the unit of the estimate';
const classError = 'feedback_value of an actual_class must be the name or the number of a class';
const commentError = `feedback_value of a comment must be text of 1 to ${MAX_COMMENT} characters`;

/** `{prediction_id, feedback_type, feedback_value}`, as JSON or form. */
export const feedbackSchema = z.discriminatedUnion(
  'feedback_type',
  [
    z.object({
      prediction_id: predictionId,
      feedback_type: z.literal('rating'),
      feedback_value: z.preprocess(
        number,
        z.int({ error: ratingError }).min(1, { error: ratingError }).max(5, { error: ratingError }),
      ),
    }),
    z.object({
      prediction_id: predictionId,
      feedback_type: z.literal('accuracy'),
      feedback_value: z.preprocess(
        truth,
        z.union([z.boolean(), z.enum(['too_high', 'fair', 'too_low'])], { error: accuracyError }),
      ),
    }),
    z.object({
      prediction_id: predictionId,
      feedback_type: z.literal('actual_price'),
      feedback_value: z.preprocess(
        number,
        z.number({ error: priceError }).gt(0, { error: priceError }).max(1_000_000, { error: priceError }),
      ),
    }),
    z.object({
      prediction_id: predictionId,
      feedback_type: z.literal('actual_class'),
      feedback_value: z.union([z.string().trim().min(1).max(200), z.int().min(0)], { error: classError }),
    }),
    z.object({
      prediction_id: predictionId,
      feedback_type: z.literal('comment'),
      feedback_value: z
        .string({ error: commentError })
        .trim()
        .min(1, { error: commentError })
        .max(MAX_COMMENT, { error: commentError }),
    }),
  ],
  { error: typeError },
);

function countMasked({ personalDataMasked }: InferenceMetrics, project: string, { found }: MaskedText): void {
  for (const [kind, count] of Object.entries(found)) personalDataMasked.inc({ project, kind }, count);
}

/** @throws {InvalidInputError} naming the classes that there are */
function className({ target }: ModelProject, value: string | number): string {
  const classes = target.classes ?? [];
  const name = typeof value === 'number' ? classes[value] : classes.find((label) => label === value);
  if (name !== undefined) return name;
  const message =
    classes.length === 0
      ? 'feedback_type actual_class is for projects that predict classes: send actual_price'
      : `feedback_value of an actual_class must be one of ${classes.slice(0, 20).join(', ')}, or its number`;
  throw new InvalidInputError(message, [{ field: 'feedback_value', value, message }]);
}

/**
 * `POST /api/feedback`: what somebody thinks of a prediction, or what really happened. It is stored when it is answered;
 * while the database is away it is refused, so that nothing that was acknowledged can get lost.
 */
export const feedback: Endpoint = {
  name: 'feedback',
  method: 'POST',
  path: '/api/feedback',
  scope: 'feedback:write',
  async handle(exchange) {
    const { service, response } = exchange;
    const { project, slot, metrics } = service;
    const said = checked(feedbackSchema, await receive(exchange));
    const { prediction_id, feedback_type: type } = said;
    const comment = said.feedback_type === 'comment' ? maskPersonalData(storable(said.feedback_value)) : null;
    const value =
      said.feedback_type === 'actual_class'
        ? className(project, said.feedback_value)
        : (comment?.text ?? said.feedback_value);
    const { id, replaced } = await fromDatabase(() =>
      service.feedback.record(prediction_id, { type, value } as Feedback),
    );
    if (comment) countMasked(metrics, project.name, comment);
    metrics.feedback.inc({ project: project.name, variant: slot, type });
    if (type === 'rating') metrics.ratings.inc({ project: project.name, stars: Number(value) });
    sendJson(response, {
      status: 'recorded',
      feedback_id: id,
      prediction_id,
      feedback_type: type,
      feedback_value: value,
      replaced,
    });
  },
};
