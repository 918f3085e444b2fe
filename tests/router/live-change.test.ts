import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { ConflictError, InvalidInputError } from '../../core/errors.js';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { KINDS, type Kind, stateWith } from './support/routers.js';

/** Clients that ask without pause until told to stop; everything they got back. */
function load(port: number, clients: number, agent?: http.Agent) {
  let running = true;
  const statuses = new Map<string, number>();
  const count = (what: string) => statuses.set(what, (statuses.get(what) ?? 0) + 1);
  const loops = Array.from({ length: clients }, async (_, i) => {
    for (let n = 0; running; n++) {
      const headers = { 'x-user-id': `user-${i}-${n % 50}` };
      const answer = await call(port, { headers, ...(agent ? { agent } : {}) }).catch((error: Error) => error);
      count(answer instanceof Error ? answer.message : String(answer.status));
      await sleep(1);
    }
  });
  return async () => {
    running = false;
    await Promise.all(loops);
    agent?.destroy();
    return statuses;
  };
}

describe.each(KINDS)('%s', (kind: Kind) => {
  test('weights change under load without a failed request', async ({ pair }) => {
    const { port, router, state } = await pair(kind);
    const stopLoad = load(port, 8);
    for (const [i, candidateWeightPercent] of [100, 0, 12.5].entries()) {
      await router.apply({ ...state, generation: 2 + i, candidateWeightPercent });
      await sleep(150);
    }
    const statuses = await stopLoad();
    expect([...statuses.keys()]).toEqual(['200']);
    expect(statuses.get('200')).toBeGreaterThan(50);
  });

  test('clients that keep their connections lose no request to a change either', async ({ pair }) => {
    const { port, router, state } = await pair(kind, {}, { drainMs: 500 });
    const stopLoad = load(port, 16, new http.Agent({ keepAlive: true }));
    for (const [i, candidateWeightPercent] of [100, 0, 20].entries()) {
      await router.apply({ ...state, generation: 2 + i, candidateWeightPercent });
      await sleep(150);
    }
    const statuses = await stopLoad();
    expect([...statuses.keys()]).toEqual(['200']);
    expect(statuses.get('200')).toBeGreaterThan(50);
  });

  test('once a change is reported every new request follows it', async ({ pair }) => {
    const { port, router, state } = await pair(kind, {}, { workers: 4 });
    for (let generation = 2; generation < 5; generation++) {
      const wanted = generation % 2 === 0 ? 'candidate' : 'production';
      await router.apply({ ...state, generation, candidateWeightPercent: wanted === 'candidate' ? 100 : 0 });
      expect(router.generation()).toBe(generation);
      const by = await Promise.all(Array.from({ length: 40 }, async () => (await call(port)).json<Echo>().by));
      expect(new Set(by)).toEqual(new Set([wanted]));
    }
  });

  test('instances may change within a generation', async ({ service, route }) => {
    const first = await service('production1');
    const second = await service('production2');
    const state = stateWith({ production: [first.address] });
    const { port, router } = await route(kind, state);
    await router.apply({ ...state, production: [second.address] });
    expect((await call(port)).json<Echo>().by).toBe('production2');
  });

  test('an earlier generation is refused and the later one stays', async ({ service, route }) => {
    const production = await service('production');
    const state = stateWith({ production: [production.address], generation: 5 });
    const { router } = await route(kind, state);
    await expect(router.apply({ ...state, generation: 4 })).rejects.toThrow(ConflictError);
    expect(router.generation()).toBe(5);
  });

  test.for([
    [{ candidateWeightPercent: 101 }, 'candidateWeightPercent'],
    [{ candidateWeightPercent: 33.333 }, 'at most two decimals'],
    [{ salt: '"; deny all; #' }, 'salt'],
    [{ production: ['127.0.0.1:6001; deny all'] }, 'production.0'],
    [{ production: ['127.0.0.1:70000'] }, 'a port of 1..65535'],
    [{ generation: -1 }, 'generation'],
  ] as const)(
    'the state %j is refused by name and the one before stays',
    async ([wrong, named], { service, route }) => {
      const production = await service('production');
      const state = stateWith({ production: [production.address] });
      const { port, router } = await route(kind, state);
      const refused = router.apply({ ...state, generation: 2, ...wrong } as typeof state);
      await expect(refused).rejects.toThrow(InvalidInputError);
      await expect(refused).rejects.toThrow(named);
      expect([router.generation(), (await call(port)).status]).toEqual([1, 200]);
    },
  );
});

test('nginx: a configuration that nginx refuses never replaces the one in force', async ({ service, route }) => {
  const production = await service('production');
  const state = stateWith({ production: [production.address] });
  const { port, router } = await route('nginx', state);
  const refused = router.apply({ ...state, generation: 2, production: ['no-such-host.invalid:6001'] });
  await expect(refused).rejects.toThrow(InvalidInputError);
  await expect(refused).rejects.toThrow('host not found in upstream "no-such-host.invalid:6001"');
  expect([router.generation(), (await call(port)).status]).toEqual([1, 200]);
  await router.apply({ ...state, generation: 3, candidateWeightPercent: 5 });
  expect([router.generation(), (await call(port)).status]).toEqual([3, 200]);
});

test('nginx: a candidate whose name does not resolve yet does not stand in the way', async ({ service, route }) => {
  const production = await service('production');
  const state = stateWith({
    production: [production.address],
    candidate: ['no-such-host.invalid:6002'],
    candidateWeightPercent: 100,
  });
  const { port } = await route('nginx', state);
  expect((await call(port)).json<Echo>().by).toBe('production');
});
