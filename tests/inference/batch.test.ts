import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { home, post } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

const batch = (type: string, body: string, headers: Record<string, string> = {}) =>
  post(running, '/api/predict/batch', body, { 'Content-Type': type, ...headers });

const homes = [
  { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 },
  { total_sqft: 2400, location: 'Whitefield', bhk: 4, bath: 4 },
  { total_sqft: -1, location: 'Whitefield', bhk: 2, bath: 2 },
];
const csv = ['total_sqft,location,bhk,bath', ...homes.map((one) => Object.values(one).join(','))].join('\n');

async function singly(): Promise<number[]> {
  const answers = await Promise.all(homes.slice(0, 2).map((features) => post(running, '/api/predict', { features })));
  return answers.map(({ body }) => body.prediction);
}

test('CSV in, CSV out: the same predictions as one by one, refused rows with their reason', async () => {
  const answer = await batch('text/csv', csv);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-rows')).toBe('3');
  expect(answer.headers.get('x-refused-rows')).toBe('1');
  const [head, first, second, third] = answer.body.trim().split('\n');
  const [a, b] = await singly();
  expect([head, first, second]).toEqual(['row,prediction,error', `1,${a},`, `2,${b},`]);
  expect(third).toBe('3,,"total_sqft must be a number above 0 and at most 50000, got -1"');
});

test('NDJSON and JSON say the same, and one goes out as the other', async () => {
  const lines = homes.map((one) => JSON.stringify(one)).join('\n');
  const [a, b] = await singly();
  const fromLines = await batch('application/x-ndjson', lines, { Accept: 'application/json' });
  expect(fromLines.body).toMatchObject({
    model_version: 'BO1',
    variant: 'production',
    unit: 'lakh INR',
    predictions: [
      { row: 1, prediction: a },
      { row: 2, prediction: b },
      { row: 3, error: expect.any(String) },
    ],
    rows: 3,
    refused_rows: 1,
  });
  const fromList = await batch('application/json', JSON.stringify(homes, null, 2), { Accept: 'application/x-ndjson' });
  expect(fromList.body.trim().split('\n').slice(0, 2)).toEqual([
    `{"row":1,"prediction":${a}}`,
    `{"row":2,"prediction":${b}}`,
  ]);
});

test('quotes, commas and line ends within quotes, columns in another order, a byte order mark', async () => {
  const text = '\ufeffbhk,note,location,bath,total_sqft\r\n2,"a ""b"",\nc","Whitefield",2,1000\r\n';
  const answer = await batch('text/csv; charset=utf-8', text);
  const [a] = await singly();
  expect(answer.body).toBe(`row,prediction,error\n1,${a},\n`);
});

test('a batch is recorded as a whole, before it is answered', async () => {
  const answer = await batch('text/csv', csv, { 'X-User-Id': 'analyst' });
  const { rows } = await world.database.pool.query('select * from prediction_batches where id = $1', [
    answer.headers.get('x-batch-id'),
  ]);
  expect(rows).toMatchObject([
    { state: 'succeeded', rows: 3, refused_rows: 1, user_id: 'analyst', model_version: 'BO1' },
  ]);
});

test.each([
  ['an empty file', 'text/csv', '', 422, /empty/],
  ['a header alone', 'text/csv', 'total_sqft,location,bhk,bath\n', 422, /no rows/],
  ['a missing column', 'text/csv', 'total_sqft,bhk,bath\n1000,2,2\n', 422, /lacks location/],
  ['a column twice', 'text/csv', 'bhk,bhk,bath,location,total_sqft\n1,1,1,x,1\n', 422, /bhk twice/],
  ['a row of 2 MB', 'text/csv', `total_sqft,location,bhk,bath\n${'x'.repeat(2_000_000)}`, 422, /1000000 characters/],
  ['binary', 'text/csv', '\u0000\u0001\u0002', 422, /lacks/],
  ['an object', 'application/json', '{"a":1}', 400, /list of rows/],
  ['a list cut short', 'application/json', '[{"a":1},', 400, /not closed/],
  ['text after the list', 'application/json', '[{"a":1}]x', 400, /after the end/],
  ['an empty list', 'application/json', ' [ ] ', 422, /no rows/],
  ['XML', 'application/xml', '<x/>', 415, /Content-Type/],
])('%s is refused', async (_what, type, body, status, message) => {
  const answer = await batch(type, body);
  expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(message)]);
});

test.each([
  [
    'a quote that is never closed',
    'text/csv',
    'total_sqft,location,bhk,bath\n1200,Whitefield,2,2\n1,"x',
    /never closed/,
  ],
  [
    'a line that is not JSON',
    'application/x-ndjson',
    '{"total_sqft":1200,"location":"Whitefield","bhk":2,"bath":2}\n{"a":\n',
    /not JSON/,
  ],
])('%s refuses its row alone', async (_what, type, body, reason) => {
  const { status, body: answer } = await batch(type, body, { Accept: 'application/json' });
  expect(status).toBe(200);
  expect(answer).toMatchObject({ rows: 2, refused_rows: 1 });
  expect(answer.predictions[0].prediction).toBeGreaterThan(0);
  expect(answer.predictions[1].error).toMatch(reason);
});

test('200,000 rows keep the memory flat, also when the client sends everything before it reads anything', async () => {
  const count = 200_000;
  const input = join(world.home, 'rows.csv');
  const line = `${Object.values(homes[0]!).join(',')}\n`;
  const writer = createWriteStream(input);
  writer.write('total_sqft,location,bhk,bath\n');
  for (let i = 0; i < count; i += 1000) writer.write(line.repeat(1000));
  writer.end();
  await new Promise<void>((resolve) => writer.on('finish', () => resolve()));

  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const outgoing = request(`http://${running.address}/api/predict/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
  });
  const answered = new Promise<import('node:http').IncomingMessage>((resolve) => outgoing.on('response', resolve));
  await pipeline(createReadStream(input), outgoing);
  const response = await answered;
  let lines = 0;
  for await (const chunk of response) for (const byte of chunk as Buffer) if (byte === 10) lines++;
  clearInterval(watch);
  rmSync(input);
  expect([response.statusCode, lines]).toEqual([200, count + 1]);
  expect((most - before) / 2 ** 20).toBeLessThan(150);
});

test('the generic form takes features by name and in order', async () => {
  const byName = await post(running, '/api/predict', { features: home });
  const inOrder = await post(running, '/api/predict', { features: [1000, 'Whitefield', 2, 2] });
  const short = await post(running, '/predict', { features: [1000, 'Whitefield', 2, 2] });
  expect([byName.status, inOrder.status, short.status]).toEqual([200, 200, 200]);
  expect(inOrder.body.prediction).toBe(byName.body.prediction);
  expect(short.body).toMatchObject({ prediction: byName.body.prediction, model_version: 'v1' });
  const tooMany = await post(running, '/api/predict', { features: [1, 2, 3, 4, 5, 6, 7, 8] });
  expect([tooMany.status, tooMany.body.fields[0].field]).toEqual([422, 'features']);
});

test('the range of an estimate holds it and comes from the trees', async () => {
  const { body } = await post(running, '/api/predict_home_price?interval=true', home);
  const { low, high, coverage } = body.interval;
  expect(coverage).toBe(0.8);
  expect(low).toBeLessThan(high);
  expect(low).toBeLessThanOrEqual(body.estimated_price * 1.2);
  expect(high).toBeGreaterThanOrEqual(body.estimated_price * 0.8);
});

test('the contributions of the inputs and the base value add up to the prediction', async () => {
  const { body } = await post(running, '/api/predict?explain=true', { features: home });
  const { base_value, contributions } = body.explanation;
  expect(Object.keys(contributions)).toEqual([
    'total_sqft',
    'location',
    'bhk',
    'bath',
    'balcony',
    'area_type',
    'availability',
  ]);
  const sum = Object.values(contributions as Record<string, number>).reduce(
    (total, value) => total + value,
    base_value,
  );
  expect(sum).toBeCloseTo(body.prediction, 8);
});
