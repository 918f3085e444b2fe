import { describe, expect } from 'vitest';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { answersByUser } from './support/pipeline.js';
import { KINDS, type Kind } from './support/routers.js';
import { answering } from './support/service.js';

describe.each(KINDS)('%s', (kind: Kind) => {
  test('production’s predictions are copied to the candidate, whose answers reach nobody', async ({ pair }) => {
    const { port, production, candidate } = await pair(kind, { candidateWeightPercent: 0, shadowPercent: 100 });
    candidate.behave(answering(500));
    const answer = await call(port, { path: '/predict?trace=1', body: '{"bhk":2}', headers: { 'x-user-id': 'ravi' } });
    expect([answer.status, answer.json<Echo>().by]).toEqual([200, 'production']);
    await call(port, { path: '/api/feedback' });
    await call(port, { method: 'GET', path: '/predict' });
    await expect.poll(() => candidate.received.length).toBe(1);
    const [copy] = candidate.received;
    expect([copy!.method, copy!.path, copy!.body.toString()]).toEqual(['POST', '/predict?trace=1', '{"bhk":2}']);
    expect(copy!.headers).toMatchObject({
      'x-shadow': 'true',
      'x-user-id': 'ravi',
      'x-experiment-id': '12',
      'x-assigned-variant': 'production',
      'x-request-id': answer.headers['x-request-id'],
      'content-type': 'application/json',
    });
    expect(production.received.every(({ headers }) => headers['x-shadow'] === undefined)).toBe(true);
  });

  test('about the wanted share is copied, and only of users assigned to production', async ({ pair }) => {
    const { port, production, candidate } = await pair(kind, { candidateWeightPercent: 50, shadowPercent: 30 });
    const users = Array.from({ length: 600 }, (_, i) => `user-${i}`);
    expect(await answersByUser(port, users, 'x-variant')).toHaveLength(600);
    await expect.poll(() => candidate.received.length).toBeGreaterThan(300);
    const ownUsers = candidate.received.filter(({ headers }) => headers['x-shadow'] === undefined).length;
    expect(production.received.length + ownUsers).toBe(600);
    const copies = candidate.received.filter(({ headers }) => headers['x-shadow'] === 'true');
    expect(copies.every(({ headers }) => headers['x-assigned-variant'] === 'production')).toBe(true);
    // binomial(about 300, 0.3): 4 standard deviations are 0.106
    expect(Math.abs(copies.length / production.received.length - 0.3)).toBeLessThan(0.11);
  });

  test.for(['hangs', 'is down'])('users notice nothing when the shadowed candidate %s', async (how, { pair }) => {
    const { port, candidate } = await pair(kind, { candidateWeightPercent: 0, shadowPercent: 100 });
    candidate.behave(() => {});
    if (how === 'is down') await candidate.stop();
    const started = performance.now();
    for (let i = 0; i < 5; i++) expect((await call(port)).json<Echo>().by).toBe('production');
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test('the built-in router copies nothing to a candidate that it has taken out', async ({ pair }) => {
  const { port, production, candidate } = await pair(
    'built-in',
    { candidateWeightPercent: 50, shadowPercent: 100 },
    { maxFails: 1, failTimeoutSeconds: 60 },
  );
  candidate.behave(answering(500));
  await answersByUser(
    port,
    Array.from({ length: 20 }, (_, i) => `user-${i}`),
    'x-request-id',
  );
  // the first answer to a user of its own took it out
  const before = candidate.received.length;
  expect(before).toBeGreaterThan(0);
  for (let i = 0; i < 20; i++) await call(port, { headers: { 'x-user-id': `user-${i}` } });
  expect(candidate.received).toHaveLength(before);
  expect(production.received).toHaveLength(40);
});
