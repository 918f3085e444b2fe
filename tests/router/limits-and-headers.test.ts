import type http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { KINDS, type Kind, stateWith } from './support/routers.js';

describe.each(KINDS)('%s', (kind: Kind) => {
  test('what the client claims about experiment, variant, shadow and address is replaced', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address], experimentId: 12 }));
    const forged = {
      'x-user-id': 'ravi',
      'x-experiment-id': '999',
      'x-assigned-variant': 'candidate',
      'x-shadow': 'true',
      'x-request-id': 'forged',
      'x-forwarded-for': '8.8.8.8',
      'x-real-ip': '8.8.8.8',
      host: 'prices.example:7000',
    };
    for (const request of [{}, { path: '/api/feedback' }, { method: 'GET', path: '/api/health' }]) {
      const answer = await call(port, { ...request, headers: forged });
      const { headers } = answer.json<Echo>();
      expect(headers).toMatchObject({
        'x-user-id': 'ravi',
        'x-experiment-id': '12',
        'x-assigned-variant': 'production',
        'x-request-id': answer.headers['x-request-id'],
        'x-forwarded-for': '127.0.0.1',
        'x-real-ip': '127.0.0.1',
        'x-forwarded-proto': 'http',
        host: 'prices.example:7000',
      });
      expect(headers['x-shadow']).toBeUndefined();
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  test('without an experiment no experiment id is passed on, not even a forged one', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address], experimentId: null }));
    const answer = await call(port, { headers: { 'x-experiment-id': '999' } });
    expect(answer.json<Echo>().headers['x-experiment-id']).toBeUndefined();
  });

  test('answers carry the service’s variant and model and the router’s security headers, each once', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    production.behave((_, response) => {
      response.setHeader('X-Frame-Options', 'SAMEORIGIN');
      response.setHeader('Set-Cookie', 'session=1');
      response.setHeader('X-Variant', 'production');
      response.setHeader('X-Model-Version', 'BO3');
      response.end('{}');
    });
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const { headers } = await call(port);
    expect(headers).toMatchObject({
      'x-variant': 'production',
      'x-model-version': 'BO3',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['set-cookie']).toEqual(['session=1', expect.stringContaining('incumbent_user=')]);
  });

  test('a body over the limit is refused with a JSON problem, announced or not', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }), { bodyLimitBytes: 10_000 });
    const large = 'x'.repeat(10_001);
    for (const headers of [{ 'content-length': 10_001 }, { 'transfer-encoding': 'chunked' }]) {
      for (const path of ['/api/predict_home_price', '/api/feedback']) {
        const answer = await call(port, { path, body: large, headers });
        expect([answer.status, answer.headers['content-type']]).toEqual([413, 'application/problem+json']);
        expect(answer.json()).toMatchObject({
          status: 413,
          code: 'BODY_TOO_LARGE',
          message: expect.stringContaining('10000 bytes'),
          request_id: answer.headers['x-request-id'],
        });
      }
    }
    expect(production.received).toHaveLength(0);
    expect((await call(port, { body: 'x'.repeat(10_000) })).status).toBe(200);
  });

  test('chunked bodies reach the service whole', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    await call(port, { body: 'y'.repeat(5_000), headers: { 'transfer-encoding': 'chunked' } });
    expect(production.received[0]!.body.toString()).toBe('y'.repeat(5_000));
  });

  test('a client over its rate is told so, another client is not held up', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }), {
      rateLimit: { requestsPerSecond: 1, burst: 4 },
      trustedProxies: ['127.0.0.1'],
    });
    const from = (client: string) => call(port, { headers: { 'x-forwarded-for': client } });
    const answers = [];
    for (let i = 0; i < 8; i++) answers.push(await from('10.1.1.1'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(answers[7]!.headers['retry-after']).toBe('1');
    expect(answers[7]!.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect((await from('10.1.1.2')).status).toBe(200);
    expect((await call(port, { method: 'GET', path: '/router/health' })).status).toBe(200);
  });

  test('the real address of a client is taken from trusted proxies only', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }), {
      trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
    });
    const seen = async (forwardedFor: string) =>
      (await call(port, { headers: { 'x-forwarded-for': forwardedFor } })).json<Echo>().headers['x-real-ip'];
    expect(await seen('203.0.113.7')).toBe('203.0.113.7');
    expect(await seen('1.1.1.1, 203.0.113.7, 10.2.3.4')).toBe('203.0.113.7');
    expect(await seen('not an address')).toBe('127.0.0.1');
  });

  test('large JSON answers are compressed for clients that accept it', async ({ service, route }) => {
    const production = await service('production');
    const text = JSON.stringify({ names: Array.from({ length: 300 }, (_, i) => `location ${i}`) });
    production.behave(({ path }, response) => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(path === '/small' ? '{}' : text);
    });
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const get = (path: string, encoding: string) =>
      call(port, { method: 'GET', path, headers: { 'accept-encoding': encoding } });
    const zipped = await get('/api/get_location_names', 'gzip, br');
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).toString()).toBe(text);
    const plain = await get('/api/get_location_names', 'identity');
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, text]);
    expect((await get('/small', 'gzip')).headers['content-encoding']).toBeUndefined();
    const refused = await get('/api/get_location_names', 'gzip;q=0');
    expect([refused.headers['content-encoding'], refused.body.toString()]).toEqual([undefined, text]);
  });

  test('an answer is compressed with the statuses and types of nginx’s own list, and never twice', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    const text = JSON.stringify({ message: 'x'.repeat(3_000) });
    const answers: Record<string, [number, http.OutgoingHttpHeaders]> = {
      '/missing': [404, { 'content-type': 'application/json' }],
      '/accepted': [202, { 'content-type': 'application/json' }],
      '/picture': [200, { 'content-type': 'image/png' }],
      '/untyped': [200, {}],
      '/zipped': [200, { 'content-type': 'application/json', 'content-encoding': 'br' }],
    };
    production.behave(({ path }, response) => void response.writeHead(...answers[path]!).end(text));
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const encodings: Record<string, string | undefined> = {};
    for (const [path, [status]] of Object.entries(answers)) {
      const answer = await call(port, { method: 'GET', path, headers: { 'accept-encoding': 'gzip' } });
      expect(answer.status).toBe(status);
      encodings[path] = answer.headers['content-encoding'];
    }
    expect(encodings).toEqual({ '/missing': 'gzip', '/zipped': 'br' });
    const head = await call(port, { method: 'HEAD', path: '/missing', headers: { 'accept-encoding': 'gzip' } });
    expect([head.status, head.body.length]).toEqual([404, 0]);
  });

  test('health, state and status are the router’s own pages; the state keeps the salt to itself', async ({ route }) => {
    const { port } = await route(kind, stateWith({ generation: 7, salt: 'secret-salt' }));
    const get = (path: string) => call(port, { method: 'GET', path });
    expect((await get('/router/health')).json()).toEqual({ status: 'ok', kind, generation: 7 });
    const state = await get('/router/state');
    expect(state.json()).toMatchObject({ kind, generation: 7, experimentId: 12, candidateWeightPercent: 20 });
    expect(state.body.toString()).not.toContain('secret-salt');
    expect((await get('/router/status')).body.toString()).toMatch(
      /^Active connections: \d+ \nserver accepts handled requests\n \d+ \d+ \d+ \nReading: \d+ Writing: \d+ Waiting: \d+ \n$/,
    );
  });

  test('the status is for loopback and the addresses that were named', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }), {
      trustedProxies: ['127.0.0.1'],
      statusAllow: ['10.0.0.0/8'],
    });
    const seenBy = async (client: string) =>
      (await call(port, { method: 'GET', path: '/router/status', headers: { 'x-forwarded-for': client } })).status;
    expect([await seenBy('10.2.3.4'), await seenBy('203.0.113.7')]).toEqual([200, 403]);
    const unknown = await call(port, { method: 'GET', path: '/router/nothing' });
    expect([unknown.status, unknown.json<Echo>().by]).toEqual([200, 'production']);
  });
});
