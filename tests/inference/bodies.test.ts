import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningService } from '../../inference/start-service.js';
import { get, home, post } from './support/http.js';
import { type InferenceWorld, startServing, until } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;
const PATH = '/api/predict_home_price';

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

/** Sends a body piece by piece, without a length; the answer. */
function inPieces(path: string, pieces: readonly string[], type = 'application/json') {
  const [host, port] = running.address.split(':');
  return new Promise<{ status: number; connection: string | undefined; text: string }>((resolve, reject) => {
    const sent = httpRequest({ host, port, path, method: 'POST', headers: { 'Content-Type': type } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more) => (text += more));
      answer.on('end', () => resolve({ status: answer.statusCode!, connection: answer.headers.connection, text }));
    });
    sent.on('error', reject);
    void (async () => {
      for (const piece of pieces) {
        sent.write(piece);
        await sleep(20);
      }
      sent.end();
    })();
  });
}

test('a body that comes in pieces is answered like one that comes at once', async () => {
  const text = JSON.stringify(home);
  const whole = await post(running, PATH, home);
  const { status, text: answer } = await inPieces(PATH, [text.slice(0, 10), text.slice(10, 20), text.slice(20)]);
  expect([status, JSON.parse(answer).estimated_price]).toEqual([200, whole.body.estimated_price]);
});

test('a body without a length is refused as soon as it is too large', async () => {
  const { status, connection, text } = await inPieces(PATH, ['{"location":"', 'x'.repeat(40_000), 'x'.repeat(40_000)]);
  expect([status, connection, JSON.parse(text).code]).toEqual([413, 'close', 'TOO_LARGE']);
});

test.each([
  ['a type with a charset', { 'Content-Type': 'application/json; charset="UTF-8"' }, 200],
  ['a type of JSON of its own', { 'Content-Type': 'application/home+json' }, 200],
  ['an encoding that is none', { 'Content-Encoding': 'identity' }, 200],
  ['a zipped body', { 'Content-Encoding': 'gzip' }, 415],
  ['another text', { 'Content-Type': 'text/plain' }, 415],
  ['no type', { 'Content-Type': '' }, 415],
])('%s', async (_what, headers, status) => {
  expect((await post(running, PATH, home, headers as Record<string, string>)).status).toBe(status);
});

test('an empty body is told to be empty', async () => {
  const { status, body } = await post(running, PATH, '');
  expect([status, body.message]).toEqual([400, 'the body is not JSON: it is empty']);
});

test.each([
  ['a prediction', PATH, 'application/json', '{"bhk":'],
  ['a batch', '/api/predict/batch', 'text/csv', 'total_sqft,location,bhk,bath\n1000,'],
])('a client that goes away in the middle of %s is nobody’s failure', async (_what, path, type, begun) => {
  const counted = async () => (await get(running, '/api/metrics')).body.requests.by_status['400'] ?? 0;
  const before = await counted();
  const [host, port] = running.address.split(':');
  const socket = connect(Number(port), host);
  socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n\r\n${begun}`);
  await sleep(100);
  socket.destroy();
  await until(async () => (await counted()) === before + 1);
  expect((await post(running, PATH, home)).status).toBe(200);
});

test('a JSON row without an end is refused, and one that is not JSON by its number', async () => {
  const long = await inPieces('/api/predict/batch', ['[{"location":"', 'x'.repeat(1_100_000), '"}]']);
  expect([long.status, JSON.parse(long.text).message]).toEqual([422, expect.stringMatching(/^a row has more than/)]);
  const broken = await post(running, '/api/predict/batch', '[{"bhk":2},{"bhk":x}]');
  expect([broken.status, broken.body.message]).toEqual([400, expect.stringMatching(/^row 2 is not JSON/)]);
});
