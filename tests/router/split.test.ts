import { describe, expect } from 'vitest';
import { assignVariant } from '../../core/experiment/assign.js';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { answersByUser } from './support/pipeline.js';
import { KINDS, stateWith } from './support/routers.js';

const users = Array.from({ length: 10_000 }, (_, i) => `user-${i}`);

describe.each(KINDS)('%s', (kind) => {
  test('gives 10,000 users the variants that core computes, 80 ± 1.5 % of them production', async ({ pair }) => {
    const { port, state } = await pair(kind);
    const seen = await answersByUser(port, users, 'x-variant');
    expect(seen).toEqual(users.map((user) => assignVariant(state.salt, user, 20)));
    const share = (100 * seen.filter((variant) => variant === 'production').length) / users.length;
    expect(Math.abs(share - 80)).toBeLessThanOrEqual(1.5);
  }, 120_000);

  test('another experiment deals the users anew, the same one keeps them through other weights', async ({ pair }) => {
    const { port, router, state } = await pair(kind);
    const some = users.slice(0, 300);
    const ask = () => answersByUser(port, some, 'x-variant');
    const first = await ask();
    await router.apply({ ...state, generation: 2, candidateWeightPercent: 33.33 });
    const wider = await ask();
    await router.apply({ ...state, generation: 3, salt: 'home-prices:13', experimentId: 13 });
    const nextWeek = await ask();
    expect(first.filter((variant, i) => variant === 'candidate' && wider[i] !== 'candidate')).toEqual([]);
    expect(wider).toEqual(some.map((user) => assignVariant(state.salt, user, 33.33)));
    expect(nextWeek).toEqual(some.map((user) => assignVariant('home-prices:13', user, 20)));
    expect(nextWeek).not.toEqual(first);
  });

  test('drawn by request, one user meets both variants, in the shares of the weights', async ({ pair }) => {
    const { port } = await pair(kind, { candidateWeightPercent: 50 }, { assignment: 'request' });
    const seen = await answersByUser(
      port,
      Array.from({ length: 2_000 }, () => 'the same user'),
      'x-variant',
    );
    // 1,000 of 2,000 give or take 5 standard deviations of √(2000·0.5·0.5) = 22
    expect(Math.abs(seen.filter((variant) => variant === 'candidate').length - 1_000)).toBeLessThan(112);
  });

  test('a visitor without an id gets a cookie and stays with one variant by it', async ({ pair }) => {
    const { port } = await pair(kind, { candidateWeightPercent: 50 });
    const variants = new Set<unknown>();
    for (let visitor = 0; visitor < 12; visitor++) {
      const first = await call(port);
      const cookie = first.headers['set-cookie']?.[0] ?? '';
      expect(cookie).toMatch(/^incumbent_user=[0-9a-f]{32}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
      const pair = cookie.split(';')[0]!;
      for (let again = 0; again < 3; again++) {
        const next = await call(port, { headers: { cookie: `theme=dark; ${pair}` } });
        expect(next.headers['x-variant']).toBe(first.headers['x-variant']);
        expect(next.headers['set-cookie']).toBeUndefined();
        expect(next.json<Echo>().headers['x-user-id']).toBe(pair.split('=')[1]);
      }
      variants.add(first.headers['x-variant']);
    }
    expect([...variants].sort()).toEqual(['candidate', 'production']);
  });

  test('the id header is trimmed, may be any text, and wins over the cookie', async ({ pair }) => {
    const { port, state } = await pair(kind, { candidateWeightPercent: 50 });
    const ids = [
      '  ravi  ',
      'a b',
      'é',
      'प्रिया',
      '🏠',
      'x'.repeat(128),
      '"quoted\\',
      '$request_id',
      ...users.slice(0, 30),
    ];
    for (const id of ids) {
      const { headers, body } = await call(port, {
        headers: { 'x-user-id': Buffer.from(id).toString('latin1'), cookie: 'incumbent_user=somebody' },
      });
      const echo = JSON.parse(body.toString()) as Echo;
      expect(Buffer.from(echo.headers['x-user-id']!, 'latin1').toString()).toBe(id.trim());
      expect([id, headers['x-variant']]).toEqual([id, assignVariant(state.salt, id.trim(), 50)]);
      expect(headers['set-cookie']).toBeUndefined();
    }
  });

  test.for([
    ['too long', 'x'.repeat(129)],
    ['not UTF-8', '\xe9t\xe9'],
    ['with a tab inside', 'a\tb'],
    ['empty', '   '],
  ])('an id header that is %s counts as absent', async ([, id], { service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const withCookie = await call(port, { headers: { 'x-user-id': id!, cookie: 'incumbent_user=somebody' } });
    expect(withCookie.json<Echo>().headers['x-user-id']).toBe('somebody');
    const without = await call(port, { headers: { 'x-user-id': id!, cookie: 'incumbent_user=no body' } });
    expect(without.json<Echo>().headers['x-user-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(without.headers['set-cookie']).toHaveLength(1);
  });

  test('only predictions are split; everything else is answered by production', async ({ pair }) => {
    const { port } = await pair(kind, { candidateWeightPercent: 100 });
    const by = async (method: string, path: string) => (await call(port, { method, path })).json<Echo>().by;
    for (const path of [
      '/api/predict_home_price',
      '/api/predict',
      '/api/predict/batch',
      '/predict',
      '/predict?x=1',
      '//api//predict',
      '/api/%70redict',
      '/v2/models/home-prices/infer',
      '/v2/models/home-prices/versions/3/infer',
    ]) {
      expect([path, await by('POST', path)]).toEqual([path, 'candidate']);
    }
    for (const [method, path] of [
      ['POST', '/api/feedback'],
      ['GET', '/api/get_location_names'],
      ['GET', '/api/predict'],
      ['GET', '/metrics'],
      ['POST', '/predictions'],
      ['GET', '/v2/models/home-prices'],
      ['PUT', '/predict'],
      ['POST', '/api/predict/batch/1'],
    ] as const) {
      expect([path, await by(method, path)]).toEqual([path, 'production']);
    }
  });
});
