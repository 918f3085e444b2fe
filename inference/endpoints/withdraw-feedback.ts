import { z } from 'zod';
import { feedbackTypes } from '../../adapters/postgres/feedback-store.js';
import { checked } from '../http/checked.js';
import type { Endpoint } from '../http/endpoint.js';
import { fromDatabase } from '../http/from-database.js';
import { receive } from '../http/receive.js';
import { sendJson } from '../http/send.js';
import { predictionId, typeError } from './feedback.js';

/** `{prediction_id, feedback_type}`, as JSON or form. */
export const withdrawSchema = z.object({
  prediction_id: predictionId,
  feedback_type: z.enum(feedbackTypes, { error: typeError }),
});

/**
 * `POST /api/feedback/withdraw`: what was said of a prediction is taken back. It counts no more, in the experiment either;
 * asked again, there is nothing left to take back, which is no error.
 */
export const withdrawFeedback: Endpoint = {
  name: 'feedback_withdraw',
  method: 'POST',
  path: '/api/feedback/withdraw',
  scope: 'feedback:write',
  async handle(exchange) {
    const said = checked(withdrawSchema, await receive(exchange));
    const { prediction_id, feedback_type } = said;
    const withdrawn = await fromDatabase(() => exchange.service.feedback.withdraw(prediction_id, feedback_type));
    sendJson(exchange.response, {
      status: withdrawn ? 'withdrawn' : 'nothing_to_withdraw',
      prediction_id,
      feedback_type,
    });
  },
};
