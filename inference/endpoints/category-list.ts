import { knownCategories } from '../../core/features/encoder-plan.js';
import type { ProjectEndpoints } from '../../core/project.js';
import { cachedAnswer } from '../http/cached-answer.js';
import type { Endpoint } from '../http/endpoint.js';
import { sendText } from '../http/send.js';
import type { ServedModel } from '../model/served-model.js';
import { currentModel } from '../predict/predict-one.js';
import type { InferenceService } from '../service.js';

type CategoryEndpoint = NonNullable<ProjectEndpoints['categories']>[number];

/** `GET /api/get_{name}`: the categories of an input that the served model knows; any other one is predicted as "other". */
export function categoryList({ name, column, answer }: CategoryEndpoint): Endpoint {
  const answers = new WeakMap<ServedModel, Promise<string>>();
  function answerOf(service: InferenceService, model: ServedModel): Promise<string> {
    let text = answers.get(model);
    if (!text) {
      const make = () => ({ [answer]: knownCategories(model.plan, column), model_version: model.version });
      text = cachedAnswer(service, model, `categories ${column} ${answer}`, make);
      answers.set(model, text);
    }
    return text;
  }
  return {
    name: `get_${name}`,
    method: 'GET',
    path: `/api/get_${name}`,
    operation: {
      summary: `What the served model knows as ${column}; anything else is predicted as "other".`,
      tag: 'Predictions',
      answerExample: { [answer]: ['…'], model_version: 'BO1' },
    },
    async handle({ service, response }) {
      sendText(response, await answerOf(service, currentModel(service)), 'application/json');
    },
  };
}
