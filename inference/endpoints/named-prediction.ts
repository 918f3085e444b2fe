import { parseInput } from '../../core/features/parse-input.js';
import type { ModelProject, ProjectEndpoints } from '../../core/project.js';
import type { PredictionEndpoint } from '../http/endpoint.js';
import { receive } from '../http/receive.js';
import type { Operation } from '../openapi/operation.js';
import { detailsOf } from '../predict/details.js';
import { predictOne } from '../predict/predict-one.js';
import { sendAnswer } from '../predict/send-answer.js';

function describe({ title, target, example }: ModelProject, answer: string): Operation {
  return {
    summary: `${title}: one prediction. It is recorded before it is answered.`,
    tag: 'Predictions',
    body: 'project',
    bodyTypes: ['application/json', 'application/x-www-form-urlencoded'],
    bodyExample: example ?? {},
    hasDetails: true,
    answerExample: {
      prediction_id: 29,
      [answer]: target.classes ? 0 : 51.2,
      unit: target.unit,
      model_version: 'BO1',
      variant: 'production',
      latency_ms: 0.42,
      timestamp: '2026-01-31T12:00:00.000Z',
    },
  };
}

/**
 * `POST /api/predict_{name}`: the project's inputs by name, JSON or form → the prediction under the project's own word,
 * rounded as it says. `?interval=true` adds the range of the trees, `?explain=true` what each input did to it.
 */
export function namedPrediction(
  project: ModelProject,
  { name, answer: key, decimals }: NonNullable<ProjectEndpoints['predict']>,
): PredictionEndpoint {
  const scale = decimals === undefined ? null : 10 ** decimals;
  return {
    name: `predict_${name}`,
    method: 'POST',
    path: `/api/predict_${name}`,
    predicts: true,
    scope: 'predict:write',
    operation: describe(project, key),
    async handle(exchange) {
      const { service, caller, arrived } = exchange;
      const row = parseInput(service.project.input, await receive(exchange));
      const answer = await predictOne(service, caller, row, arrived);
      const value = scale === null ? answer.prediction : Math.round(answer.prediction * scale) / scale;
      sendAnswer(exchange, answer, key, String(value), detailsOf(exchange, answer.model, row, answer.prediction));
    },
  };
}
