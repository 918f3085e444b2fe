import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { KINDS, type Kind, stateWith } from './support/routers.js';
import { answering, type Behaviour, closedAddress } from './support/service.js';

const FEEDBACK = { path: '/api/feedback', body: '{"prediction_id":1,"feedback_type":"rating","feedback_value":5}' };

describe.each(KINDS)('%s', (kind: Kind) => {
  test('several production instances share the work', async ({ service, route }) => {
    const services = [await service('production1'), await service('production2'), await service('production3')];
    const { port } = await route(kind, stateWith({ production: services.map(({ address }) => address) }), {
      workers: 1,
    });
    for (let i = 0; i < 30; i++) await call(port);
    expect(services.map(({ received }) => received.length)).toEqual([10, 10, 10]);
  });

  test('an instance that is down is passed over for predictions, reads and feedback', async ({ service, route }) => {
    const alive = await service('production1');
    const { port } = await route(kind, stateWith({ production: [await closedAddress(), alive.address] }));
    for (let i = 0; i < 4; i++) {
      for (const request of [{}, FEEDBACK, { method: 'GET', path: '/api/get_location_names' }]) {
        expect((await call(port, request)).status).toBe(200);
      }
    }
    expect(alive.received).toHaveLength(12);
  });

  test('a prediction that one instance cannot answer is answered by another', async ({ service, route }) => {
    const drained = await service('production1');
    const alive = await service('production2');
    drained.behave(answering(503));
    const { port } = await route(kind, stateWith({ production: [drained.address, alive.address] }));
    for (let i = 0; i < 6; i++) expect((await call(port)).json<Echo>().by).toBe('production2');
    expect(drained.received.length).toBeGreaterThanOrEqual(1);
  });

  const dropping: Behaviour = (_, response) => void response.destroy();
  test.for([
    ['answers 503', answering(503), 503],
    ['answers 500', answering(500), 500],
    ['breaks off', dropping, 502],
    ['hangs', () => {}, 504],
  ] as const)(
    'feedback is never sent twice when the instance %s',
    async ([, behaviour, status], { service, route }) => {
      const services = [await service('production1'), await service('production2')];
      for (const one of services) one.behave(behaviour);
      const { port } = await route(kind, stateWith({ production: services.map(({ address }) => address) }), {
        otherTimeoutMs: 300,
      });
      for (let i = 1; i <= 3; i++) {
        expect((await call(port, FEEDBACK)).status).toBe(status);
        expect(services[0]!.received.length + services[1]!.received.length).toBe(i);
      }
    },
  );

  test('feedback does not meet a connection that the instance has just closed', async ({ service, route }) => {
    const production = await service('production');
    const address = Number(production.address.split(':')[1]);
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    expect((await call(port)).status).toBe(200);
    await production.stop();
    const again = await service('production', address);
    expect((await call(port, FEEDBACK)).status).toBe(200);
    expect((await call(port)).status).toBe(200);
    expect(again.received).toHaveLength(2);
  });

  test('an instance may be known by its name', async ({ service, route }) => {
    const production = await service('production');
    const candidate = await service('candidate');
    const named = (address: string) => address.replace('127.0.0.1', 'localhost');
    const { port } = await route(
      kind,
      stateWith({
        production: [named(production.address)],
        candidate: [named(candidate.address)],
        candidateWeightPercent: 100,
      }),
    );
    expect((await call(port)).json<Echo>().by).toBe('candidate');
    expect((await call(port, FEEDBACK)).json<Echo>().by).toBe('production');
  });

  test('an answer may take longer than connections are kept', async ({ service, route }) => {
    const production = await service('production');
    production.behave(async (_, response) => {
      await sleep(600);
      response.end('slow');
    });
    const { port } = await route(kind, stateWith({ production: [production.address] }), { upstreamKeepAliveMs: 200 });
    for (let i = 0; i < 2; i++) {
      const answer = await call(port, { method: 'GET', path: '/api/logs' });
      expect([answer.status, answer.body.toString()]).toEqual([200, 'slow']);
    }
  });
});
