import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { home, post } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

const REQUESTS = 10_000;
const CLIENTS = 24;

let world: InferenceWorld;
let running: RunningService;

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

/** Values that a field of a request should not have, and now and then one that it may. */
const odd = fc.oneof(
  fc.constantFrom(
    null,
    true,
    '',
    ' ',
    'NaN',
    'Infinity',
    '1e999',
    -0,
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    '٣',
    '\u0000',
    '\ud800',
    [],
    {},
  ),
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const mutated = (valid: Record<string, unknown>) =>
  fc
    .tuple(
      fc.subarray(Object.keys(valid)),
      fc.dictionary(fc.constantFrom(...Object.keys(valid), '__proto__', 'x'), odd),
    )
    .map(([kept, changed]) => ({ ...Object.fromEntries(kept.map((key) => [key, valid[key]])), ...changed }));
const text = (value: unknown) => JSON.stringify(value) ?? 'undefined';

const json = fc.oneof(
  mutated({ ...home, balcony: 1, area_type: 'Plot Area', availability: 'Ready To Move' }).map(text),
  mutated({ prediction_id: 1, feedback_type: 'rating', feedback_value: 5 }).map(text),
  fc.record({ features: fc.oneof(odd, fc.array(odd, { maxLength: 9 }), mutated(home)) }).map(text),
  fc
    .record({
      inputs: fc.oneof(
        odd,
        fc.array(fc.oneof(odd, mutated({ name: 'bhk', shape: [2], datatype: 'INT64', data: [2, 3] })), {
          maxLength: 3,
        }),
      ),
    })
    .map(text),
  fc
    .record({
      prediction_id: fc.integer({ min: 1 }),
      feedback_type: fc.constant('rating'),
      feedback_value: fc.integer({ min: 1, max: 5 }),
    })
    .map(text),
  fc.jsonValue().map(text),
  // cut off in the middle
  fc.tuple(mutated(home).map(text), fc.nat(60)).map(([all, end]) => all.slice(0, end)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constant('['.repeat(20_000)),
  fc.constant(`{"a":${'9'.repeat(5000)}}`),
);

const request = fc.record({
  path: fc.constantFrom(
    '/api/predict_home_price',
    '/api/predict_home_price?explain=true&interval=true',
    '/api/feedback',
    '/api/predict',
    '/predict',
    '/api/predict/batch',
    '/v2/models/home-prices/infer',
  ),
  type: fc.constantFrom(
    'application/json',
    'application/json',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
    'text/csv',
    'application/x-ndjson',
    'multipart/form-data; boundary=x',
    'nonsense',
  ),
  body: json,
  headers: fc.constantFrom<Record<string, string>>(
    {},
    { 'X-User-Id': 'ü'.repeat(300), 'X-Experiment-Id': '-1' },
    { 'X-Experiment-Id': '99999999999999999999', 'X-Assigned-Variant': 'nobody' },
    { 'Content-Encoding': 'gzip' },
  ),
});

test('10,000 malformed requests: each is answered quickly, none with a 5xx, and the service lives', {
  timeout: 180_000,
}, async () => {
  const samples = fc.sample(request, { numRuns: REQUESTS, seed: 20_260_101 });
  const bad: unknown[] = [];
  const statuses = new Map<number, number>();
  let next = 0;
  async function client(): Promise<void> {
    for (let i = next++; i < samples.length; i = next++) {
      const { path, type, body, headers } = samples[i]!;
      const started = performance.now();
      const { status } = await post(running, path, body, { ...headers, 'Content-Type': type });
      const ms = performance.now() - started;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 || ms > 3_000) bad.push({ status, ms, ...samples[i] });
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client));
  expect(bad).toEqual([]);
  // the sample reaches every kind of answer
  expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 400, 404, 415, 422]));
  expect((await post(running, '/api/predict_home_price', home)).status).toBe(200);
});

test('what is not even HTTP is cut off without harm', async () => {
  const port = Number(running.address.split(':')[1]);
  const garbage = [
    '\u0016\u0003\u0001\u0002',
    'GET / HTTP/9.9\r\n\r\n',
    `GET /${'x'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
    'POST /api/predict HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
  ];
  const answers = await Promise.all(
    garbage.map(
      (bytes) =>
        new Promise<string>((resolve) => {
          let got = '';
          const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
          socket.on('data', (data) => {
            got += data;
          });
          socket.on('error', () => {});
          socket.on('close', () => resolve(got));
        }),
    ),
  );
  for (const answer of answers) expect(answer).toMatch(/^$|^HTTP\/1\.1 4\d\d/);
  expect((await post(running, '/api/predict_home_price', home)).status).toBe(200);
});
