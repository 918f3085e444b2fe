import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { get, home, post } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  ({ world, running } = await startServing());
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

test('one tensor with all features in order gives the same', async () => {
  const order = homePrices.features.map(({ name }) => name);
  const row = (given: Record<string, unknown>) =>
    order.map((name) => (given[name] === undefined ? null : String(given[name])));
  const matrix = { name: 'rows', datatype: 'BYTES', shape: [1, order.length], data: [row(home)] };
  const answer = await post(running, `${model}/infer`, { inputs: [matrix] });
  const single = await post(running, '/api/predict', { features: home });
  expect([answer.status, answer.body.outputs[0].data]).toEqual([200, [single.body.prediction]]);
});

test('truth values are the numbers 0 and 1, a missing value stays missing, and no rows are no predictions', async () => {
  const one = (name: string, datatype: string, value: unknown) => column(name, datatype, [value]);
  const flat = [one('total_sqft', 'FP32', 1000), one('location', 'BYTES', 'Hebbal'), one('bhk', 'BOOL', true)];
  const rows = [...flat, one('bath', 'UINT8', 1), one('balcony', 'BOOL', null)];
  const answer = await post(running, `${model}/infer`, { inputs: rows });
  const plain = { total_sqft: 1000, location: 'Hebbal', bhk: 1, bath: 1 };
  const single = await post(running, '/api/predict', { features: plain });
  expect(answer.body.outputs[0].data).toEqual([single.body.prediction]);
  const none = await post(running, `${model}/infer`, { inputs: [column('bhk', 'INT64', [])] });
  expect(none.body).toMatchObject({ model_version: 'BO1', outputs: [{ shape: [0], data: [] }, { data: [] }] });
});

test('the binary extension is refused by its header', async () => {
  const headers = { 'Inference-Header-Content-Length': '10' };
  const { status, body } = await post(running, `${model}/infer`, { inputs }, headers);
  expect([status, body.error]).toEqual([415, 'binary tensors are not supported']);
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
  ['a truth that is none', `${model}/infer`, { inputs: [column('bhk', 'BOOL', [1])] }, 422, /not of type BOOL/],
  ['a fraction', `${model}/infer`, { inputs: [column('bhk', 'INT32', [1.5])] }, 422, /not of type INT32/],
  ['an input twice', `${model}/infer`, { inputs: [inputs[0], inputs[0]] }, 422, /'total_sqft' is given twice/],
  [
    'a column of pairs',
    `${model}/infer`,
    { inputs: [{ ...inputs[0], shape: [1, 2] }] },
    422,
    /must have shape \[rows\] or \[rows, 1\], got \[1, 2\]/,
  ],
  [
    'a matrix that is too narrow',
    `${model}/infer`,
    { inputs: [{ name: 'rows', datatype: 'FP64', shape: [1, 2], data: [1, 2] }] },
    422,
    /'rows' must have shape \[rows, 7\]/,
  ],
  [
    'a list in place of a matrix',
    `${model}/infer`,
    { inputs: [{ name: 'rows', datatype: 'FP64', shape: [2], data: [1, 2] }] },
    422,
    /got \[2\]/,
  ],
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
