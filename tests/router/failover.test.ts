import { describe, expect } from 'vitest';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { KINDS, type Kind, stateWith } from './support/routers.js';
import { answering, type Behaviour, closedAddress, type Service } from './support/service.js';

const PATIENCE_MS = 300;

const hanging: Behaviour = () => {};
const breakingOff: Behaviour = (_, response) => void response.destroy();

function allToCandidate(production: readonly Service[], candidate: readonly string[]) {
  return stateWith({
    production: production.map(({ address }) => address),
    candidate: [...candidate],
    candidateWeightPercent: 100,
  });
}

describe.each(KINDS)('%s', (kind: Kind) => {
  test.for([
    ['answers 500', answering(500)],
    ['answers 502', answering(502)],
    ['answers 503 because its slot is empty', answering(503)],
    ['answers 504', answering(504)],
    ['hangs', hanging],
    ['breaks off', breakingOff],
  ] as const)('production answers the users of a candidate that %s', async ([, behaviour], { service, route }) => {
    const production = await service('production');
    const candidate = await service('candidate');
    candidate.behave(behaviour);
    const { port } = await route(kind, allToCandidate([production], [candidate.address]), {
      predictionTimeoutMs: PATIENCE_MS,
    });
    for (let i = 0; i < 6; i++) {
      const answer = await call(port, { headers: { 'x-user-id': `user-${i}` }, body: `{"i":${i}}` });
      expect([answer.status, answer.headers['x-variant']]).toEqual([200, 'production']);
      expect(answer.json<Echo>().headers).toMatchObject({
        'x-assigned-variant': 'candidate',
        'x-user-id': `user-${i}`,
      });
    }
    expect(production.received.map(({ body }) => body.toString())).toEqual([0, 1, 2, 3, 4, 5].map((i) => `{"i":${i}}`));
    expect(candidate.received.length).toBeGreaterThanOrEqual(1);
  });

  test('a candidate that is down costs nobody an answer, and comes back when it is up again', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    const address = await closedAddress();
    const { port } = await route(kind, allToCandidate([production], [address]), { failTimeoutSeconds: 1 });
    for (let i = 0; i < 8; i++) expect((await call(port)).json<Echo>().by).toBe('production');
    const candidate = await service('candidate', Number(address.split(':')[1]));
    await expect.poll(async () => (await call(port)).json<Echo>().by, { timeout: 5_000 }).toBe('candidate');
    expect(candidate.received.length).toBeGreaterThanOrEqual(1);
  });

  test('a candidate that fails again and again is left alone for a while', async ({ service, route }) => {
    const production = await service('production');
    const candidate = await service('candidate');
    candidate.behave(hanging);
    const { port } = await route(kind, allToCandidate([production], [candidate.address]), {
      predictionTimeoutMs: PATIENCE_MS,
      workers: 1,
    });
    for (let i = 0; i < 3; i++) await call(port);
    const started = performance.now();
    for (let i = 0; i < 5; i++) expect((await call(port)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
    expect(candidate.received).toHaveLength(3);
  });

  test.for([400, 404, 422, 429])('a %i of the candidate is the user’s answer', async (status, { service, route }) => {
    const production = await service('production');
    const candidate = await service('candidate');
    candidate.behave(answering(status));
    const { port } = await route(kind, allToCandidate([production], [candidate.address]));
    const answer = await call(port);
    expect([answer.status, answer.json()]).toEqual([status, { own: status }]);
    expect(production.received).toHaveLength(0);
  });

  test('without a candidate, or at weight 0, everybody gets production', async ({ service, route }) => {
    const production = await service('production');
    const candidate = await service('candidate');
    const state = allToCandidate([production], []);
    const { port, router } = await route(kind, state);
    const assigned = async () => (await call(port)).json<Echo>().headers['x-assigned-variant'];
    expect(await assigned()).toBe('production');
    await router.apply({ ...state, generation: 2, candidate: [candidate.address], candidateWeightPercent: 0 });
    expect(await assigned()).toBe('production');
    expect(candidate.received).toHaveLength(0);
  });

  test('a batch of several megabytes is repeated whole on production', async ({ service, route }) => {
    const production = await service('production');
    const candidate = await service('candidate');
    candidate.behave(answering(503));
    const { port } = await route(kind, allToCandidate([production], [candidate.address]));
    const rows = Buffer.alloc(3_000_000, '1000,Whitefield,2,2\n');
    const answer = await call(port, {
      path: '/api/predict/batch',
      body: rows,
      headers: { 'content-type': 'text/csv' },
    });
    expect(answer.json<Echo>().by).toBe('production');
    expect(candidate.received[0]?.body.equals(rows)).toBe(true);
    expect(production.received[0]?.body.equals(rows)).toBe(true);
  });

  test('an error of production is passed on, and nobody there to answer is a JSON problem', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    production.behave(answering(500));
    const state = stateWith({ production: [production.address] });
    const { port, router } = await route(kind, state);
    expect((await call(port)).json()).toEqual({ own: 500 });
    await production.stop();
    for (const production of [state.production, []]) {
      await router.apply({ ...state, generation: router.generation() + 1, production });
      const answer = await call(port);
      expect([answer.status, answer.headers['content-type'], answer.headers['retry-after']]).toEqual([
        502,
        'application/problem+json',
        '1',
      ]);
      expect(answer.json()).toMatchObject({
        status: 502,
        code: 'UNAVAILABLE',
        request_id: answer.headers['x-request-id'],
        message: expect.stringContaining('no prediction service'),
      });
    }
  });

  test('production that does not answer in time is a 504 that says so', async ({ service, route }) => {
    const production = await service('production');
    production.behave(hanging);
    const { port } = await route(kind, stateWith({ production: [production.address] }), {
      predictionTimeoutMs: PATIENCE_MS,
    });
    const answer = await call(port);
    expect([answer.status, answer.json()]).toEqual([504, expect.objectContaining({ code: 'TIMEOUT', status: 504 })]);
  });
});
