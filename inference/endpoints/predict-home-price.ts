import { parseInput } from '../../core/features/parse-input.js';
import type { Endpoint } from '../http/endpoint.js';
import { receive } from '../http/receive.js';
import { detailsOf } from '../predict/details.js';
import { predictOne } from '../predict/predict-one.js';
import { sendAnswer } from '../predict/send-answer.js';

/**
 * `POST /api/predict_home_price`: one home, JSON or form → an estimate in lakh INR, to the nearest thousand rupees.
 * `?interval=true` adds the range of the trees, `?explain=true` what each input did to the estimate.
 */
export const predictHomePrice: Endpoint = {
  name: 'predict_home_price',
  method: 'POST',
  path: '/api/predict_home_price',
  predicts: true,
  async handle(exchange) {
    const { service, caller, arrived } = exchange;
    const row = parseInput(service.project.input, await receive(exchange));
    const answer = await predictOne(service, caller, row, arrived);
    const value = String(Math.round(answer.prediction * 100) / 100);
    sendAnswer(exchange, answer, 'estimated_price', value, detailsOf(exchange, answer.model, row));
  },
};
