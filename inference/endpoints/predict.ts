import { z } from 'zod';
import { HttpProblem } from '../../adapters/http/problem.js';
import type { Row } from '../../core/dataset/row.js';
import { InvalidInputError } from '../../core/errors.js';
import { parseInput } from '../../core/features/parse-input.js';
import type { ModelProject } from '../../core/project.js';
import { checked } from '../http/checked.js';
import type { PredictionEndpoint } from '../http/endpoint.js';
import { receive } from '../http/receive.js';
import { sendJson } from '../http/send.js';
import { classAnswer } from '../predict/class-answer.js';
import { detailsOf } from '../predict/details.js';
import { fromFeatures, withExpectedLength } from '../predict/from-features.js';
import { predictOne } from '../predict/predict-one.js';
import { sendAnswer } from '../predict/send-answer.js';

const featuresError = 'features must be an object by name, or a list in the order of the model';

/** `{features}`: by name, or a list in the order of the project's features. */
export const predictSchema = z.object({
  features: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())], { error: featuresError }),
});

type Features = z.infer<typeof predictSchema>['features'];

function readRow(project: ModelProject, features: Features): Row {
  return withExpectedLength(project, features, () => parseInput(project.input, fromFeatures(project, features)));
}

/** `POST /api/predict`: one prediction of any project. */
export const predict: PredictionEndpoint = {
  name: 'predict',
  method: 'POST',
  path: '/api/predict',
  predicts: true,
  scope: 'predict:write',
  async handle(exchange) {
    const { service, caller, arrived } = exchange;
    const { features } = checked(predictSchema, await receive(exchange));
    const row = readRow(service.project, features);
    const answer = await predictOne(service, caller, row, arrived);
    sendAnswer(
      exchange,
      answer,
      'prediction',
      String(answer.prediction),
      detailsOf(exchange, answer.model, row, answer.prediction),
    );
  },
};

/** The short form answers 400 to what it cannot use, in the same words. */
function badRequest(error: unknown): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  const { code, message, problems } = error;
  return new HttpProblem({ status: 400, code, message, fields: problems }, { cause: error });
}

/** `POST /predict`: the short form; production answers as v1, the candidate as v2. */
export const predictShort: PredictionEndpoint = {
  name: 'predict_short',
  method: 'POST',
  path: '/predict',
  predicts: true,
  scope: 'predict:write',
  async handle(exchange) {
    const { service, caller, arrived, response } = exchange;
    const body = await receive(exchange);
    let row: Row;
    try {
      row = readRow(service.project, checked(predictSchema, body).features);
    } catch (error) {
      throw badRequest(error);
    }
    const { id, prediction, model, at } = await predictOne(service, caller, row, arrived);
    response.setHeader('X-Model-Version', model.version);
    sendJson(response, {
      prediction,
      model_version: service.slot === 'production' ? 'v1' : 'v2',
      timestamp: at,
      prediction_id: id,
      ...classAnswer(model, row, prediction),
    });
  },
};
