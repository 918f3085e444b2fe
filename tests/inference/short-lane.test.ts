import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlainPost } from '../../inference/http/plain-post.js';
import type { RunningService } from '../../inference/start-service.js';
import { home } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;
/** Requests that node:http has seen. */
let usual = 0;
subscribe('http.server.request.start', () => usual++);

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}

/** The answers in what a connection said. */
function answersIn(text: string): Answer[] {
  const answers: Answer[] = [];
  for (let rest = text; rest !== ''; ) {
    const end = rest.indexOf('\r\n\r\n') + 4;
    const [line, ...lines] = rest.slice(0, end - 4).split('\r\n');
    const status = Number(line!.split(' ')[1]);
    const headers = Object.fromEntries(lines.map((l) => [l.split(':')[0]!.toLowerCase(), l.replace(/^[^:]*:\s*/, '')]));
    const length = Number(headers['content-length'] ?? 0);
    if (status >= 200) answers.push({ status, headers, body: JSON.parse(rest.slice(end, end + length) || 'null') });
    rest = rest.slice(end + length);
  }
  return answers;
}

/** Sends pieces, each a moment after the one before it, on one connection; all that is answered within a second or until it ends. */
async function say(...pieces: string[]): Promise<Answer[]> {
  const socket = connect(Number(running.address.split(':')[1]), '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text) => {
    heard += text;
  });
  const ended = once(socket, 'close');
  for (const piece of pieces) {
    socket.write(piece);
    await sleep(30);
  }
  await Promise.race([ended, sleep(400)]);
  socket.destroy();
  return answersIn(heard);
}

function post(body: unknown, { path = '/api/predict_home_price', head = '' } = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const length = `Content-Length: ${Buffer.byteLength(text)}`;
  return `POST ${path} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n${head}${length}\r\n\r\n${text}`;
}

/** The same request by the usual way: in two pieces it is not whole. */
const halves = (text: string) => [text.slice(0, 30), text.slice(30)] as const;

const timeless = ({ body, headers: { date, ...headers }, status }: Answer) => {
  const { prediction_id, latency_ms, timestamp, ...rest } = body;
  const { 'content-length': _length, ...others } = headers;
  return { status, headers: others, body: rest };
};

test.each([
  ['a home', post(home)],
  [
    'a home as a form',
    post('total_sqft=1000&location=Whitefield&bhk=2&bath=2').replace('json', 'x-www-form-urlencoded'),
  ],
  ['wrong fields', post({ ...home, bhk: 0, bath: 'x' }, { head: 'X-Request-Id: r1\r\n' })],
  ['no JSON', post('{"total_sqft":')],
  ['an empty body', post('')],
  ['another type', post('<home/>').replace('application/json', 'text/xml')],
  ['an encoded body', post(home, { head: 'Content-Encoding: gzip\r\n' })],
  ['a list of features', post({ features: [1, 2] }, { path: '/api/predict' })],
  ['the short form', post({ features: home }, { path: '/predict', head: 'X-User-Id: Ravi Ünsal\r\n' })],
])('%s is answered as by the usual way', async (_what, text) => {
  const before = usual;
  const [short] = await say(text);
  expect(usual).toBe(before);
  const [long] = await say(...halves(text));
  expect(usual).toBe(before + 1);
  expect(timeless(short!)).toEqual(timeless(long!));
  expect(Object.keys(short!.headers).sort()).toEqual(Object.keys(long!.headers).sort());
  expect(Math.abs(Date.parse(short!.headers.date!) - Date.now())).toBeLessThan(5_000);
});

test('a connection brings one prediction after another, and then something else', async () => {
  const answers = await say(post(home), post(home), 'GET /api/health HTTP/1.1\r\nHost: here\r\n\r\n', post(home));
  expect(answers.map(({ status, body }) => [status, Object.keys(body)[0]])).toEqual([
    [200, 'prediction_id'],
    [200, 'prediction_id'],
    [200, 'status'],
    [200, 'prediction_id'],
  ]);
});

test('requests that do not wait for their turn are answered in their order', async () => {
  const sizes = [1000, 1100, 1200, 1300];
  const texts = sizes.map((total_sqft) => post({ ...home, total_sqft }, { head: `X-Request-Id: ${total_sqft}\r\n` }));
  const wrong = post({ ...home, bhk: 0 }, { head: 'X-Request-Id: 1300\r\n' });
  // all in one piece; and a second piece while the first one is being committed
  const together = await say(texts.join(''));
  expect(together.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const socket = connect(Number(running.address.split(':')[1]), '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text) => {
    heard += text;
  });
  socket.setNoDelay(true).write(texts[0]!);
  setImmediate(() => socket.write(wrong));
  await sleep(300);
  socket.destroy();
  expect(answersIn(heard).map(({ status }) => status)).toEqual([200, 422]);
});

test.each([
  [
    'a chunked body',
    post(home)
      .replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked')
      .replace(/{.*/, (json) => `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`),
    200,
  ],
  ['two lengths', post(home, { head: 'Content-Length: 5\r\n' }), 400],
  ['a length that is none', post(home).replace(/Content-Length: \d+/, 'Content-Length: 1e2'), 400],
  ['a length and chunks', post(home, { head: 'Transfer-Encoding: chunked\r\n' }), 400],
  ['no host', post(home).replace('Host: here\r\n', ''), 400],
  ['a folded line', post(home, { head: 'X-User-Id: a\r\n b\r\n' }), 400],
  ['a space before the colon', post(home, { head: 'X-User-Id : a\r\n' }), 400],
  ['white space around a value', post(home, { head: 'X-User-Id: \t a \r\n' }), 200],
  ['HTTP/1.0', post(home).replace('HTTP/1.1', 'HTTP/1.0'), 200],
  ['a bare line feed', post(home).replace('Host: here\r\n', 'Host: here\n'), 400],
])('%s is for the parser of HTTP', async (_what, text, status) => {
  const before = usual;
  expect((await say(text)).map((answer) => answer.status)).toEqual([status]);
  if (status === 200) expect(usual).toBe(before + 1);
});

test('a client that asks for it gets its connection closed, and one that says no more still gets its answer', async () => {
  const [closed] = await say(post(home, { head: 'Connection: close\r\n' }));
  expect([closed!.status, closed!.headers.connection]).toEqual([200, 'close']);
  const socket = connect(Number(running.address.split(':')[1]), '127.0.0.1');
  socket.end(post(home));
  let heard = '';
  for await (const piece of socket.setEncoding('utf8')) heard += piece;
  expect(answersIn(heard).map(({ status }) => status)).toEqual([200]);
});

test('a stop ends connections that wait, and answers what is under way', async () => {
  const other = await world.start({ instanceId: 'stopped' });
  const port = Number(other.address.split(':')[1]);
  const [quiet, busy] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  let heard = '';
  busy.setEncoding('utf8').on('data', (text) => {
    heard += text;
  });
  await Promise.all([once(quiet, 'connect'), once(busy, 'connect')]);
  const ended = Promise.all([once(quiet, 'close'), once(busy, 'close')]);
  quiet.resume();
  busy.write(post(home));
  const started = performance.now();
  await sleep(1);
  await other.stop();
  await ended;
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(answersIn(heard).map(({ status }) => status)).toEqual([200]);
});

test('a line that could be read in many ways is given up at once', () => {
  const head = `POST /p HTTP/1.1\r\nHost: here\r\nX-A:${' '.repeat(3_900)}\x01\r\n`;
  const piece = Buffer.from(`${head}Content-Length: 0\r\n\r\n`, 'latin1');
  // tried in every way it would take a hundredth of a second each, and more than the test may last
  for (let i = 0; i < 10_000; i++)
    if (readPlainPost(piece, new Set(['/p']), new Socket())) throw new Error('it was read');
});
