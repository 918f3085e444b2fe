import { z } from 'zod';
import { parseInput } from '../../core/features/parse-input.js';
import { checked } from '../http/checked.js';
import type { Endpoint } from '../http/endpoint.js';
import { receive } from '../http/receive.js';
import { sendJson } from '../http/send.js';
import { detailsOf } from '../predict/details.js';
import { fromFeatures } from '../predict/from-features.js';
import { predictOne } from '../predict/predict-one.js';
import { sendAnswer } from '../predict/send-answer.js';

const featuresError = 'features must be an object by name, or a list in the order of the model';

/** `{features}`: by name, or a list in the order of the project's features. */
export const predictSchema = z.object({
  features: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())], { error: featuresError }),
});

/** `POST /api/predict`: one prediction of any project. */
export const predict: Endpoint = {
  name: 'predict',
  method: 'POST',
  path: '/api/predict',
  predicts: true,
  async handle(exchange) {
    const { service, caller, arrived } = exchange;
    const { features } = checked(predictSchema, await receive(exchange));
    const row = parseInput(service.project.input, fromFeatures(service.project, features));
    const answer = await predictOne(service, caller, row, arrived);
    sendAnswer(exchange, answer, 'prediction', String(answer.prediction), detailsOf(exchange, answer.model, row));
  },
};

/** `POST /predict`: the short form; production answers as v1, the candidate as v2. */
export const predictShort: Endpoint = {
  name: 'predict_short',
  method: 'POST',
  path: '/predict',
  predicts: true,
  async handle(exchange) {
    const { service, caller, arrived, response } = exchange;
    const { features } = checked(predictSchema, await receive(exchange));
    const row = parseInput(service.project.input, fromFeatures(service.project, features));
    const { id, prediction, model, at } = await predictOne(service, caller, row, arrived);
    response.setHeader('X-Model-Version', model.version);
    sendJson(response, {
      prediction,
      model_version: service.slot === 'production' ? 'v1' : 'v2',
      timestamp: at,
      prediction_id: id,
    });
  },
};
