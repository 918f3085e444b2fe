import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isSigned } from '../../adapters/notifiers/signature.js';
import { type LoopEventKind, loopEventKinds } from '../../core/notifications/loop-event.js';
import { notificationOf } from '../../core/notifications/notification.js';
import { startReceiver } from '../monitoring/real-services.js';
import { startSmtpSink } from '../monitoring/smtp-sink.js';
import { startTestApi, type TestApi } from './api.js';
import { expectContract } from './contract.js';

const secret = 'known to both sides only';
let api: TestApi;
let project: string;
let status: number;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let mail: Awaited<ReturnType<typeof startSmtpSink>>;

beforeAll(async () => {
  receiver = await startReceiver(({ path }) => (path.startsWith('/hooks') ? status : 200));
  mail = await startSmtpSink();
  const settings = {
    emailFrom: 'loop@example.com',
    smtpUrl: `smtp://127.0.0.1:${mail.port}`,
    slackUrl: `${receiver.url}/environment`,
    link: 'http://ops.example.com/',
    events: ['promoted', 'drift'] satisfies LoopEventKind[],
  };
  api = await startTestApi({}, settings);
  ({ project } = api);
});
afterAll(async () => {
  await api.stop();
  await receiver.stop();
  await mail.stop();
});
beforeEach(() => {
  status = 200;
  receiver.received.length = 0;
});

const CHANNELS = '/api/monitoring/channels';
const add = (body: object) => api.request.post(CHANNELS).send({ project, ...body });
const tryOut = (body: object = {}) => api.request.post('/api/monitoring/alerts/test').send({ project, ...body });
const deliveries = (query = '') => api.request.get(`/api/monitoring/alerts/deliveries?project=${project}${query}`);
const received = (path: string) => receiver.received.filter((one) => one.path === path);

let hook: number;
test('channels are added; addresses and secrets are not shown again, nor in the audit log', async () => {
  const target = `${receiver.url}/hooks/very-secret`;
  const { status: made, body } = await add({ kind: 'webhook', name: 'pager', target, secret, events: ['drift'] });
  expectContract('post', CHANNELS, body);
  expect([made, body.target, body.events]).toEqual([201, receiver.url, ['drift']]);
  hook = body.id;
  const mailed = await add({ kind: 'email', name: 'team', target: 'a@example.com, b@example.com' });
  expect([mailed.status, mailed.body.target]).toEqual([201, 'a@example.com,b@example.com']);
  const list = await api.request.get(`${CHANNELS}?project=${project}&sort=created_at`);
  expectContract('get', CHANNELS, list.body);
  expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['pager', 'team']);
  const { rows } = await api.pool.query('select row_to_json(audit)::text as text from audit');
  const told = [...rows.map(({ text }) => text), JSON.stringify([body, list.body])].join();
  expect(told).toContain('channel.create');
  expect(told).not.toMatch(/very-secret|known to both/);
});

test.each([
  ['an address in the network behind it', { kind: 'slack', target: 'http://169.254.169.254/latest' }],
  ['no mail address', { kind: 'email', target: 'nobody' }],
  ['a webhook without a secret', { kind: 'webhook', target: 'http://127.0.0.1/' }],
  ['a short secret', { kind: 'webhook', target: 'http://127.0.0.1/', secret: 'short' }],
  ['an unknown event', { kind: 'email', target: 'a@example.com', events: ['lunch'] }],
  ['a name of the environment', { kind: 'email', target: 'a@example.com', name: 'environment/slack' }],
])('%s is refused', async (_what, body) => {
  const refused = await add({ name: 'wrong', ...body });
  expect([refused.status, refused.body.code]).toEqual([422, 'INVALID_INPUT']);
});

test('a test message really arrives on every channel, signed, and is in the log', async () => {
  const { status: answered, body } = await tryOut();
  expectContract('post', '/api/monitoring/alerts/test', body);
  expect(answered).toBe(200);
  const states = body.deliveries.map(({ channel, state }: Record<string, string>) => [channel, state]);
  expect(states).toEqual([
    ['environment/slack', 'sent'],
    ['pager', 'sent'],
    ['team', 'sent'],
  ]);
  const [message] = received('/hooks/very-secret');
  const { headers, body: text } = message!;
  const signature = String(headers['x-incumbent-signature']);
  const timestamp = String(headers['x-incumbent-timestamp']);
  expect(isSigned({ secret, body: text, timestamp, signature, now: new Date() })).toBe(true);
  expect(JSON.parse(text)).toMatchObject({ kind: 'test', project, link: 'http://ops.example.com/' });
  expect(mail.mails.at(-1)?.to).toEqual(['a@example.com', 'b@example.com']);
  const log = await deliveries('&kind=test&state=sent');
  expectContract('get', '/api/monitoring/alerts/deliveries', log.body);
  expect(log.body.items).toHaveLength(3);
});

test('a test message tells which channel does not work, and why', async () => {
  status = 503;
  const { body } = await tryOut({ channel_id: hook });
  expect(body.deliveries).toHaveLength(1);
  expect(body.deliveries[0]).toMatchObject({ channel: 'pager', state: 'failed', attempts: 1 });
  expect(body.deliveries[0].last_error).toMatch(/^127\.0\.0\.1:\d+ answered 503$/);
  expect((await tryOut({ channel_id: 999_999 })).status).toBe(409);
});

test('an event goes to the channels that want its kind, and the same event once to each', async () => {
  const { notifications } = api.deps;
  const event = { project, subject: 'CO7', summary: 'CO7 is in production as BO3.', details: { score: 0.81 } };
  const send = async (kind: LoopEventKind, id: string) => {
    const planned = await notifications.plan(notificationOf({ ...event, kind }, id, '2026-01-02T03:04:05.000Z'));
    for (const one of planned) await notifications.deliver(one);
    return planned;
  };
  const first = await send('promoted', 'run-1');
  expect(await send('promoted', 'run-1')).toEqual(first);
  const mails = () => mail.mails.filter(({ data }) => data.includes('CO7: promoted')).length;
  expect([received('/environment').length, received('/hooks/very-secret').length, mails()]).toEqual([1, 0, 1]);
  await send('drift', 'run-2');
  await send('training_failed', 'run-3');
  expect([received('/environment').length, received('/hooks/very-secret').length]).toEqual([2, 1]);
  expect(received('/hooks/very-secret')[0]?.headers['x-incumbent-delivery']).toBe('run-2');
});

test('a removed channel takes nothing any more, and says so', async () => {
  const event = { kind: 'drift', project, subject: 'BO1', summary: 'Drift.' } as const;
  const planned = await api.deps.notifications.plan(notificationOf(event, 'run-4', new Date().toISOString()));
  expect((await api.request.delete(`${CHANNELS}/${hook}`)).status).toBe(204);
  const outcomes = await Promise.allSettled(planned.map((id) => api.deps.notifications.deliver(id)));
  expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const { body } = await deliveries('&channel=pager&state=failed');
  expect(body.items[0].last_error).toBe('pager is not configured any more');
});

test('a channel is changed only by who has seen it; its secret stays when it is not sent', async () => {
  const made = await add({ kind: 'webhook', name: 'second', target: `${receiver.url}/hooks/2`, secret });
  const path = `${CHANNELS}/${made.body.id}`;
  const { etag } = (await api.request.get(path)).headers;
  const changed = await api.request
    .patch(path)
    .set('If-Match', etag!)
    .send({ target: `${receiver.url}/hooks/3` });
  expect(changed.status).toBe(200);
  expect((await api.request.patch(path).set('If-Match', etag!).send({ enabled: false })).status).toBe(412);
  await tryOut({ channel_id: made.body.id });
  const [message] = received('/hooks/3');
  const signature = String(message?.headers['x-incumbent-signature']);
  const timestamp = String(message?.headers['x-incumbent-timestamp']);
  expect(isSigned({ secret, body: message!.body, timestamp, signature, now: new Date() })).toBe(true);
});

test('there are words for every kind of event', () => {
  const titles = loopEventKinds.map(
    (kind) => notificationOf({ kind, project, subject: 'CO1', summary: '' }, 'id', '').title,
  );
  expect(new Set(titles).size).toBe(loopEventKinds.length);
});
