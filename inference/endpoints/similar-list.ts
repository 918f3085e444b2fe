import { SOURCE_COLUMN } from '../../core/dataset/feedback-rows.js';
import { quantile } from '../../core/dataset/quantile.js';
import type { Row } from '../../core/dataset/row.js';
import { similarRows } from '../../core/dataset/similar-rows.js';
import { UnavailableError } from '../../core/errors.js';
import { parseInput } from '../../core/features/parse-input.js';
import type { ModelProject, ProjectEndpoints } from '../../core/project.js';
import { cachedAnswer } from '../http/cached-answer.js';
import { type Endpoint, queryOf } from '../http/endpoint.js';
import { sendText } from '../http/send.js';
import type { ServedModel } from '../model/served-model.js';
import { readTrainingRows } from '../model/training-rows.js';
import type { Operation } from '../openapi/operation.js';
import { currentModel } from '../predict/predict-one.js';
import type { InferenceService } from '../service.js';

const SHOWN = 5;
/** So many of the nearest say what homes like it cost. */
const COMPARED = 50;

const rowsByModel = new WeakMap<ServedModel, Promise<Row[]>>();

async function read({ objects, logger }: InferenceService, model: ServedModel): Promise<Row[]> {
  if (!objects) throw new UnavailableError('the training data cannot be read here');
  const { datasetKey, trainRows, testRows } = model.document.lineage;
  const started = performance.now();
  const text = new TextDecoder().decode(await objects.get(datasetKey));
  // what visitors reported is learned from, but not shown to others
  const rows = (await readTrainingRows(text, trainRows + testRows)).filter((row) => row[SOURCE_COLUMN] !== 'feedback');
  logger.info(
    { datasetKey, rows: rows.length, durationMs: Math.round(performance.now() - started) },
    'training rows read',
  );
  return rows;
}

/** The rows the served model was made of, read once for each model; a failure is tried again with the next request. */
function rowsOf(service: InferenceService, model: ServedModel): Promise<Row[]> {
  const known = rowsByModel.get(model);
  if (known) return known;
  const rows = read(service, model).catch((error: unknown) => {
    rowsByModel.delete(model);
    throw error instanceof UnavailableError
      ? error
      : new UnavailableError('the training data cannot be read now: try again in a moment', { cause: error });
  });
  rowsByModel.set(model, rows);
  return rows;
}

function describe({ target, example = {} }: ModelProject): Operation {
  return {
    summary: 'What the model learned from that is most like the inputs given as query, and the values that it has.',
    tag: 'Predictions',
    answerExample: {
      model_version: 'BO1',
      dataset: 'train_V1.csv',
      unit: target.unit,
      compared: 50,
      median: 52.5,
      low: 41,
      high: 68,
      items: [{ ...example, [target.column]: 52.5, distance: 0.04 }],
    },
  };
}

/**
 * `GET /api/similar_{name}`: what the model learned from that is most like one input: the inputs of a prediction as query
 * → the nearest rows of its training data, and the values that such rows have.
 */
export function similarList(described: ModelProject, { name }: NonNullable<ProjectEndpoints['similar']>): Endpoint {
  return {
    name: `similar_${name}`,
    method: 'GET',
    path: `/api/similar_${name}`,
    scope: 'predict:read',
    operation: describe(described),
    async handle({ service, request, response }) {
      const { project } = service;
      const { target, features } = project;
      const asked = parseInput(project.input, Object.fromEntries(queryOf(request)));
      const model = currentModel(service);
      const make = async () => {
        const compared = similarRows(features, await rowsOf(service, model), asked, COMPARED);
        const values = compared.map(({ row }) => Number(row[target.column])).sort((a, b) => a - b);
        const shown = [...features.map(({ name }) => name), target.column];
        return {
          model_version: model.version,
          dataset: model.document.lineage.datasetKey,
          unit: target.unit,
          compared: compared.length,
          median: values.length === 0 ? null : quantile(values, 0.5),
          low: values.length === 0 ? null : quantile(values, 0.1),
          high: values.length === 0 ? null : quantile(values, 0.9),
          items: compared.slice(0, SHOWN).map(({ row, distance }) => ({
            ...Object.fromEntries(shown.map((name) => [name, row[name] ?? null])),
            distance,
          })),
        };
      };
      sendText(
        response,
        await cachedAnswer(service, model, `similar ${name} ${JSON.stringify(asked)}`, make),
        'application/json',
      );
    },
  };
}
