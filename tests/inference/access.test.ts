import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKeyStore } from '../../adapters/postgres/api-key-store.js';
import { createAdmission } from '../../inference/access/admission.js';
import { ownAddress } from '../../inference/own-address.js';
import type { RunningService } from '../../inference/start-service.js';
import { get, home, post } from './support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from './support/inference-world.js';

const PREDICT = '/api/predict_home_price';
const page = 'https://prices.example.com';
let world: InferenceWorld;
let service: RunningService;

beforeAll(async () => {
  world = await createInferenceWorld();
  await world.publish('BO1');
  await world.assign('production', 'BO1');
  service = await world.start({ authentication: 'keys', corsOrigins: [page] });
  await until(() => service.service.model.current !== null && service.service.ids.left > 0, 20_000);
}, 120_000);
afterAll(() => world.close());

async function makeKey(more: { scopes?: string[]; requestsPerMinute?: number; expiresAt?: Date } = {}) {
  const given = { name: 'shop', role: 'viewer' as const, createdBy: 'test', expiresAt: null, requestsPerMinute: null };
  return createApiKeyStore(world.database.pool).create({ ...given, scopes: null, ...more });
}

test('without a good key nothing is predicted, stored or shown; health and metrics stay open', async () => {
  const bad = { 'X-Api-Key': `inc_${'0'.repeat(12)}_${'x'.repeat(43)}` };
  for (const headers of [{}, bad, { Authorization: 'Basic abc' }, { Authorization: 'Bearer nonsense' }]) {
    const { status, body, headers: told } = await post(service, PREDICT, home, headers as Record<string, string>);
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(told.get('www-authenticate')).toMatch(/^Bearer/);
  }
  const rating = { prediction_id: 1, feedback_type: 'rating', feedback_value: 5 };
  for (const path of ['/api/predict', '/predict', '/api/predict/batch', '/v2/models/home-prices/infer']) {
    expect((await post(service, path, { features: home })).status).toBe(401);
  }
  expect((await post(service, '/api/feedback', rating)).status).toBe(401);
  expect((await get(service, '/api/logs')).status).toBe(401);
  for (const path of ['/api/health', '/metrics', '/v2/health/ready', '/api/get_location_names', '/openapi.json']) {
    expect([path, (await get(service, path)).status]).toEqual([path, 200]);
  }
  const { rows } = await world.database.pool.query('select count(*) as n from predictions');
  expect(rows[0].n).toBe(0);
});

test('a key predicts, by either header, and only what it is for', async () => {
  const all = await makeKey();
  expect((await post(service, PREDICT, home, { 'X-Api-Key': all.key })).status).toBe(200);
  const one = await makeKey({ scopes: ['predict:write'] });
  const { status, body } = await post(service, PREDICT, home, { Authorization: `Bearer ${one.key}` });
  expect(status).toBe(200);
  const rating = { prediction_id: body.prediction_id, feedback_type: 'rating', feedback_value: 5 };
  const refused = await post(service, '/api/feedback', rating, { 'X-Api-Key': one.key });
  expect([refused.status, refused.body.message]).toEqual([403, 'key:shop is not for feedback:write']);
  expect((await post(service, '/api/feedback', rating, { 'X-Api-Key': all.key })).status).toBe(200);
});

test('a key is held to its number of requests a minute', async () => {
  const { key } = await makeKey({ requestsPerMinute: 3 });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await post(service, PREDICT, home, { 'X-Api-Key': key })).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
});

test('a revoked key is refused soon after; with the database away a known key goes on', async () => {
  let time = 0;
  let away = false;
  const store = createApiKeyStore(world.database.pool);
  const find = (text: string) =>
    away ? Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })) : store.find(text);
  const admit = createAdmission(find, () => time);
  const { key, record } = await makeKey();
  const ask = (text = key) => admit({ headers: { 'x-api-key': text }, socket: {} } as never, 'predict:write');
  await ask();
  away = true;
  time = 60_000;
  await ask();
  await expect(ask((await makeKey()).key)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  away = false;
  await store.revoke(record.id);
  await expect(ask()).rejects.toMatchObject({ problem: { status: 401 } });
});

test('pages of the listed origins may ask and read, others not', async () => {
  const { key } = await makeKey();
  const preflight = (origin: string) =>
    fetch(`http://${service.address}${PREDICT}`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-api-key',
      },
    });
  const asked = await preflight(page);
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, page]);
  expect(asked.headers.get('access-control-allow-headers')).toContain('X-Api-Key');
  expect((await preflight('https://elsewhere.example.com')).headers.get('access-control-allow-origin')).toBeNull();
  const answer = await post(service, PREDICT, home, { Origin: page, 'X-Api-Key': key });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, page]);
  expect([answer.headers.get('x-variant'), answer.headers.get('vary')]).toEqual(['production', 'Origin']);
  const refused = await post(service, PREDICT, home, { Origin: page });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, page]);
});

test('a service that listens everywhere tells an address that others can reach', () => {
  const card = { address: '10.1.2.3', family: 'IPv4', internal: false } as never;
  const loopback = { address: '127.0.0.1', family: 'IPv4', internal: true } as never;
  expect(ownAddress('0.0.0.0', 6001, { lo: [loopback], eth0: [card] })).toBe('10.1.2.3:6001');
  expect(ownAddress('127.0.0.1', 6001, { lo: [loopback], eth0: [card] })).toBe('127.0.0.1:6001');
  expect(ownAddress('::1', 6001, {})).toBe('[::1]:6001');
  expect(ownAddress('::', 6001, { lo: [loopback], eth0: undefined })).toMatch(/^[^\s:]+:6001$/);
});
