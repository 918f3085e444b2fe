import { knownCategories } from '../../core/features/encoder-plan.js';
import type { ProjectEndpoints } from '../../core/project.js';
import type { Endpoint } from '../http/endpoint.js';
import { sendJson } from '../http/send.js';
import type { ServedModel } from '../model/served-model.js';
import { currentModel } from '../predict/predict-one.js';

type CategoryEndpoint = NonNullable<ProjectEndpoints['categories']>[number];

/** `GET /api/get_{name}`: the categories of an input that the served model knows; any other one is predicted as "other". */
export function categoryList({ name, column, answer }: CategoryEndpoint): Endpoint {
  const namesByModel = new WeakMap<ServedModel, string[]>();
  function namesOf(model: ServedModel): string[] {
    let names = namesByModel.get(model);
    if (!names) {
      names = knownCategories(model.plan, column);
      namesByModel.set(model, names);
    }
    return names;
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
    handle({ service, response }) {
      const model = currentModel(service);
      sendJson(response, { [answer]: namesOf(model), model_version: model.version });
    },
  };
}
