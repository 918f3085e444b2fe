import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { get, home, post } from './support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  world = await createInferenceWorld();
  await world.publish('BO1');
  await world.assign('production', 'BO1');
  running = await world.start();
  await until(() => running.service.model.current !== null);
});
afterAll(() => world.close());

const model = '/v2/models/home-prices';
const column = (name: string, datatype: string, data: unknown[]) => ({ name, datatype, shape: [data.length], data });
const inputs = [
  column('total_sqft', 'FP64', [1000, 2400]),
  column('location', 'BYTES', ['Whitefield', 'Whitefield']),
  column('bhk', 'INT64', [2, 4]),
  column('bath', 'INT64', [2, 4]),
];

test('server and model tell what they are', async () => {
  expect((await get(running, '/v2')).body).toMatchObject({ name: 'incumbent', extensions: [] });
  expect((await get(running, '/v2/health/live')).body).toEqual({ live: true });
  expect((await get(running, '/v2/health/ready')).body).toEqual({ ready: true });
  expect((await get(running, `${model}/ready`)).body).toEqual({ name: 'home-prices', ready: true });
  const { body } = await get(running, `${model}/versions/BO1`);
  expect(body).toMatchObject({ name: 'home-prices', versions: ['BO1'], platform: 'incumbent_forest' });
  expect(body.inputs).toContainEqual({ name: 'location', datatype: 'BYTES', shape: [-1] });
  expect(body.outputs).toContainEqual({ name: 'prediction', datatype: 'FP64', shape: [-1] });
});

test('a tensor per feature gives what the plain endpoint gives, and every row is recorded', async () => {
  const answer = await post(running, `${model}/infer`, { id: 'call-1', inputs });
  expect(answer.status).toBe(200);
  const { model_name, model_version, id, outputs } = answer.body;
  expect({ model_name, model_version, id }).toEqual({ model_name: 'home-prices', model_version: 'BO1', id: 'call-1' });
  const [prediction, ids] = outputs;
  expect(prediction).toMatchObject({ name: 'prediction', datatype: 'FP64', shape: [2] });
  const single = await post(running, '/api/predict', { features: home });
  expect(prediction.data[0]).toBe(single.body.prediction);
  const { rows } = await world.database.pool.query(
    'select prediction from predictions where id = any($1) order by id',
    [ids.data],
  );
  expect(rows.map((row) => row.prediction)).toEqual(prediction.data);
});

test('nested data of shape [rows, 1] and chosen outputs', async () => {
  const nested = inputs.map((one) => ({ ...one, shape: [2, 1], data: one.data.map((value) => [value]) }));
  const answer = await post(running, `${model}/versions/BO1/infer`, {
    inputs: nested,
    outputs: [{ name: 'prediction' }],
  });
  const plain = await post(running, `${model}/infer`, { inputs });
  expect(answer.body.outputs).toEqual([plain.body.outputs[0]]);
});

test.each([
  ['another model', '/v2/models/iris/infer', { inputs }, 404, /home-prices/],
  ['another version', `${model}/versions/BO9/infer`, { inputs }, 404, /BO1/],
  [
    'an unknown tensor',
    `${model}/infer`,
    { inputs: [...inputs, column('colour', 'BYTES', ['a', 'b'])] },
    422,
    /colour/,
  ],
  ['too few elements', `${model}/infer`, { inputs: [{ ...inputs[0], shape: [3] }] }, 422, /needs 3 elements, got 2/],
  ['different lengths', `${model}/infer`, { inputs: [inputs[0], column('bhk', 'INT64', [1])] }, 422, /has 1 rows/],
  ['a wrong type', `${model}/infer`, { inputs: [column('bhk', 'INT64', ['two'])] }, 422, /not of type INT64/],
  ['an unknown type', `${model}/infer`, { inputs: [column('bhk', 'INT63', [2])] }, 422, /datatype/],
  [
    'a bad row',
    `${model}/infer`,
    { inputs: [...inputs.slice(1), column('total_sqft', 'FP64', [1, -1])] },
    422,
    /row 1: total_sqft/,
  ],
  ['no inputs', `${model}/infer`, {}, 422, /inputs/],
  ['an unknown output', `${model}/infer`, { inputs, outputs: [{ name: 'x' }] }, 422, /outputs are/],
  ['1,001 rows', `${model}/infer`, { inputs: [column('bhk', 'INT64', Array(1001).fill(2))] }, 422, /batch/],
])('%s is refused with an error object', async (_what, path, body, status, message) => {
  const answer = await post(running, path, body);
  expect([answer.status, answer.body.error]).toEqual([status, expect.stringMatching(message)]);
});
