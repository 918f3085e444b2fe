import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPublicAddress } from '../../adapters/notify/public-address.js';
import { createWebhook } from '../../adapters/notify/webhook.js';
import { alertState, checkAlerts } from '../../control/alerts/check-alerts.js';
import { startTestApi, type TestApi } from './api.js';
import { expectContract } from './contract.js';

let api: TestApi;
let project: string;
let receiver: Server;
let address: string;
let answer = 200;
const received: { text: string; alert: Record<string, unknown> }[] = [];

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (answer === 200) received.push(JSON.parse(body));
    response.writeHead(answer, answer === 302 ? { Location: 'http://127.0.0.1:1/' } : {}).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/a-secret`;
  api = await startTestApi();
  ({ project } = api);
});
afterAll(async () => {
  receiver.close();
  await api.stop();
});

const settings = () => ({
  project,
  name: 'unhappy people',
  metric: 'mean_rating',
  comparison: 'below',
  threshold: 3,
  webhook_url: address,
});
const rate = (stars: number, id: number) =>
  api.pool.query(
    `insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input)
     values ($1, $2, 'rating', $3, 'BO1', 'production', 1, '{}')`,
    [id, project, String(stars)],
  );
const look = () => checkAlerts(api.deps);
const alert = async (id: number) => (await api.request.get(`/api/monitoring/alerts/${id}`)).body;

let id: number;
test('an alert is configured, and its address is not shown again', async () => {
  const { status, body } = await api.request.post('/api/monitoring/alerts').send(settings());
  expectContract('post', '/api/monitoring/alerts', body);
  expect([status, body.state, body.window_minutes, body.enabled]).toEqual([201, 'ok', 60, true]);
  expect(body.webhook_url).toBe(new URL(address).origin);
  ({ id } = body);
  const { rows } = await api.pool.query('select row_to_json(audit)::text as text from audit');
  expect(rows.map(({ text }) => text).join()).not.toContain('a-secret');
  expect((await api.request.post('/api/monitoring/alerts').send(settings())).status).toBe(409);
});

test('it fires when the metric is beyond its threshold, once, and says when it is over', async () => {
  await look();
  expect([(await alert(id)).value, received]).toEqual([null, []]);
  await rate(2, 1);
  await look();
  await look();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    text: expect.stringContaining('ALERT'),
    alert: { state: 'firing', value: 2, project },
  });
  expect(await alert(id)).toMatchObject({ state: 'firing', value: 2 });
  await rate(5, 2);
  await look();
  expect(received.at(-1)).toMatchObject({
    text: expect.stringContaining('Resolved'),
    alert: { state: 'ok', value: 3.5 },
  });
  const { rows } = await api.pool.query(
    "select action from audit where action in ('alert.firing', 'alert.ok') order by id",
  );
  expect(rows.map(({ action }) => action)).toEqual(['alert.firing', 'alert.ok']);
});

test('a webhook that could not be told is told at the next look', async () => {
  received.length = 0;
  await rate(1, 3);
  for (const status of [500, 302]) {
    answer = status;
    await look();
    expect((await alert(id)).last_error).toContain(String(status));
  }
  answer = 200;
  await look();
  expect([received.length, (await alert(id)).last_error]).toEqual([1, null]);
});

test('an alert is changed only by who has seen it, disabled, and removed', async () => {
  const path = `/api/monitoring/alerts/${id}`;
  const { etag } = (await api.request.get(path)).headers;
  // looking at it changes what a GET answers, but nothing that anybody has set
  await look();
  const looked = await api.request.get(path).set('If-None-Match', etag!);
  expect([looked.status, looked.headers.etag === etag]).toEqual([200, false]);
  const changed = await api.request.patch(path).set('If-Match', etag!).send({ enabled: false, threshold: 1 });
  expect([changed.status, changed.body.enabled, changed.body.threshold]).toEqual([200, false, 1]);
  expect((await api.request.delete(path).set('If-Match', etag!)).status).toBe(412);
  const { checked_at } = await alert(id);
  await look();
  expect((await alert(id)).checked_at).toBe(checked_at);
  expect((await api.request.delete(path)).status).toBe(204);
  expect((await api.request.get(path)).status).toBe(404);
});

test('of many who saw the same alert, one changes it, and nobody removes what another has changed', async () => {
  const made = await api.request.post('/api/monitoring/alerts').send({ ...settings(), name: 'contested' });
  const path = `/api/monitoring/alerts/${made.body.id}`;
  const { etag } = (await api.request.get(path)).headers;
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      (i === 6
        ? api.request.delete(path).set('If-Match', etag!)
        : api.request
            .patch(path)
            .set('If-Match', etag!)
            .send({ threshold: 10 + i })
      ).then(({ status }) => status),
    ),
  );
  expect(outcomes.filter((status) => status < 300)).toHaveLength(1);
  expect(outcomes.filter((status) => status >= 300 && ![404, 409, 412].includes(status))).toEqual([]);
  await api.request.delete(path);
});

test('nothing measured changes no state', () => {
  expect(alertState({ comparison: 'above', threshold: 1, state: 'firing' }, null)).toBe('firing');
  expect(alertState({ comparison: 'above', threshold: 1, state: 'firing' }, 1)).toBe('ok');
  expect(alertState({ comparison: 'below', threshold: 1, state: 'ok' }, 0.9)).toBe('firing');
});

test.each([
  'http://127.0.0.1:6600/api/accounts',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://①②⑦.⓪.⓪.①/',
  'http://[::1]:5432/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[64:ff9b::7f00:1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/',
  'http://10.0.0.8/',
  'http://localhost:9000/',
  'http://localhost./',
  'http://user:password@example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
])('a webhook to %s is refused, when it is configured and when it is called', async (url) => {
  const guarded = createWebhook();
  await expect(guarded.check(url)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(guarded.post(url, {})).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('the API refuses a webhook into the network behind it', async () => {
  const body = { ...settings(), name: 'ssrf', webhook_url: 'http://169.254.169.254/latest/meta-data/' };
  const refused = await api.request.post('/api/monitoring/alerts').send(body);
  expect([refused.status, refused.body.code]).toEqual([422, 'INVALID_INPUT']);
});

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['172.31.0.1', false],
  ['172.32.0.1', true],
  ['100.64.0.1', false],
  ['fe80::1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['not an address', false],
])('%s is public: %s', (ip, expected) => {
  expect(isPublicAddress(ip)).toBe(expected);
});
