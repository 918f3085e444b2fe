import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControlApp } from '../../control/app.js';
import { startTestApi, type TestApi } from './api.js';

let api: TestApi;
let project: string;
beforeAll(async () => {
  api = await startTestApi();
  ({ project } = api);
});
afterAll(() => api.stop());

const tables = async () =>
  (await api.pool.query("select count(*) as n from information_schema.tables where table_schema = 'public'")).rows[0].n;

test.each([
  `/api/models?project=${encodeURIComponent("x'; drop table models; --")}`,
  `/api/models/${encodeURIComponent("BO1' or '1'='1")}?project=home-prices`,
  `/api/audit?actor=${encodeURIComponent("' or 1=1; drop table audit; --")}`,
  `/api/experiments/${encodeURIComponent('1; drop table experiments')}`,
  `/api/training/status/${encodeURIComponent("x' or WorkflowType='deploy")}`,
  `/api/datasets/${encodeURIComponent('1 union select 1')}?project=home-prices`,
])('SQL in an address stays text: %s', async (address) => {
  const before = await tables();
  const { status, body } = await api.request.get(address);
  expect([200, 404, 422]).toContain(status);
  if (status === 200) expect(body.items).toEqual([]);
  expect(await tables()).toBe(before);
});

test.each([
  '/api/models/..%2f..%2fetc%2fpasswd?project=home-prices',
  '/api/models/BO1%2f..%2f..%2fsecrets?project=home-prices',
  '/api/datasets/..%2f..%2fsecrets?project=home-prices',
  '/api/models/compare?project=home-prices&a=../BO1&b=BO2',
  '/api/models?project=../other',
])('a path that climbs is refused: %s', async (address) => {
  expect([404, 422]).toContain((await api.request.get(address)).status);
});

test('the name of an uploaded file cannot climb either', async () => {
  const send = (name: string) =>
    api.request
      .post(`/api/datasets?project=${project}&file_name=${encodeURIComponent(name)}`)
      .set('Content-Type', 'text/csv')
      .send('x');
  for (const name of ['../../etc/passwd', 'a\\b.csv', 'a\nb.csv']) expect((await send(name)).status).toBe(422);
});

const post = (body: string, path = '/api/training/start') =>
  api.request.post(path).set('Content-Type', 'application/json').send(body);

test.each([
  ['that is cut off', '{"project":', 400, 'BAD_JSON'],
  ['that is no object', '"home-prices"', 422, 'INVALID_INPUT'],
  ['that is null', 'null', 422, 'INVALID_INPUT'],
  ['with __proto__', '{"project":"home-prices","__proto__":{"role":"admin"}}', 422, 'INVALID_INPUT'],
  ['with constructor', '{"project":"home-prices","constructor":{"prototype":{"role":"admin"}}}', 422, 'INVALID_INPUT'],
  ['nested a thousand deep', `{"project":${'['.repeat(1000)}${']'.repeat(1000)}}`, 422, 'INVALID_INPUT'],
  [
    'nested as deep as it may be long',
    `{"project":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
    422,
    'INVALID_INPUT',
  ],
  ['with a null character', '{"project":"home-prices","reason":"a\\u0000b"}', 422, 'INVALID_INPUT'],
  ['with half a surrogate pair', '{"project":"home-prices","reason":"\\ud800"}', 422, 'INVALID_INPUT'],
  ['with a field nobody knows', '{"project":"home-prices","admin":true}', 422, 'INVALID_INPUT'],
  ['of two megabytes', JSON.stringify({ project: 'home-prices', reason: 'x'.repeat(2_000_000) }), 413, 'TOO_LARGE'],
  ['with a number that is none', '{"project":"home-prices","random_state":NaN}', 400, 'BAD_JSON'],
  ['with a seed beyond 32 bits', '{"project":"home-prices","random_state":1e300}', 422, 'INVALID_INPUT'],
])('JSON %s is refused', async (_what, body, status, code) => {
  const answer = await post(body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(({} as Record<string, unknown>).role).toBeUndefined();
});

test.each([
  '/api/models?project=home%00prices',
  '/api/models/BO1%00?project=home-prices',
  '/api/audit?actor=a%00b',
  '/api/audit?subject=%00',
  '/api/experiments/1%00',
  '/api/training/status/a%00b',
  '/api/accounts/a%00b',
  '/api/predictions?project=home-prices&user_id=u%00',
  '/api/models/%ff%fe?project=home-prices',
])('a null character or half a character in an address is no error inside: %s', async (address) => {
  const { status, body } = await api.request.get(address);
  expect([400, 404, 422]).toContain(status);
  expect(body.code).not.toBe('INTERNAL');
});

test.each([
  '__proto__[admin]=true',
  'constructor[prototype][admin]=true',
  'project[admin]=true',
  'project=a&project=b',
])('a query cannot smuggle in an object or a list: %s', async (query) => {
  const { status } = await api.request.get(`/api/models?project=home-prices&${query}`);
  expect(status).toBe(422);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test('an idempotency key that is none is refused, and one that was used fits its first body only', async () => {
  const send = (key: string, body: object) =>
    api.request.post('/api/monitoring/alerts').set('Idempotency-Key', key).send(body);
  const body = {
    project,
    name: 'replayed',
    metric: 'requests',
    comparison: 'below',
    threshold: 1,
    webhook_url: 'http://127.0.0.1:1/',
  };
  expect((await send('k'.repeat(10_000), body)).status).toBe(422);
  expect((await send('replay-1', body)).status).toBe(201);
  const other = await send('replay-1', { ...body, name: 'another', webhook_url: 'http://127.0.0.1:2/' });
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
  const same = await send('replay-1', body);
  expect([same.status, same.headers['idempotency-replayed']]).toEqual([201, 'true']);
  const { rows } = await api.pool.query('select name from alert_rules where project = $1', [project]);
  expect(rows).toEqual([{ name: 'replayed' }]);
});

test.each(['slack', 'webhook'])('a channel of kind %s cannot reach into the network behind the API', async (kind) => {
  for (const target of ['http://2852039166/latest/meta-data/', 'http://[::ffff:a9fe:a9fe]/', 'file:///etc/passwd']) {
    const channel = { project, name: 'ssrf', kind, target, events: ['drift'] };
    const { status, body } = await api.request.post('/api/monitoring/channels').send(channel);
    expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
  }
});

test('a body of another type is refused', async () => {
  const answer = await api.request.post('/api/training/start').set('Content-Type', 'text/plain').send('{}');
  expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
});

test('unicode of every kind is kept as it came', async () => {
  await api.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'CO1', 'CO', 1, 'staged', 'x_CO1/', 'unicode')`,
    [project],
  );
  const notes = "बेंगलुरु 🏠 \u202e right-to-left <script>alert(1)</script> '; --";
  const answer = await api.request.patch(`/api/models/CO1?project=${project}`).send({ notes });
  expect([answer.status, answer.body.notes]).toEqual([200, notes]);
});

test('a request id that would break a log line or a header is replaced', async () => {
  const given = await api.request.get('/api/health').set('X-Request-Id', 'from-a-caller.1');
  expect(given.headers['x-request-id']).toBe('from-a-caller.1');
  const bad = await api.request.get('/api/health').set('X-Request-Id', '{"level":60}');
  expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('headers cannot be split, and broken ones end the connection, not the service', async () => {
  const server = createServer(createControlApp(api.deps));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const raw = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
    });
  const split = await raw(
    'GET /api/nope%0d%0aSet-Cookie:%20x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  );
  expect(split).toMatch(/^HTTP\/1\.1 404 /);
  expect(split).not.toMatch(/^Set-Cookie/im);
  expect(await raw('GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw('GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 200 /,
  );
  server.close();
});

test('a method that a path does not have is told which it has', async () => {
  const answer = await api.request.delete('/api/deploy/status');
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET']);
});

test('an error inside tells nothing of itself, and says so in the log', async () => {
  const lines: string[] = [];
  const { pino } = await import('pino');
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const broken = {
    ...api.deps,
    logger,
    project: () => {
      throw new Error('the password is hunter2');
    },
  };
  const { default: supertest } = await import('supertest');
  const answer = await supertest(createControlApp(broken)).get('/api/models?project=home-prices');
  expect([answer.status, answer.body.code]).toEqual([500, 'INTERNAL']);
  expect(answer.text).not.toContain('hunter2');
  expect(lines.join('')).toContain('request failed');
});
