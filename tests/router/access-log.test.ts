import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { ACCESS_LOG_FIELDS } from '../../router/access-log-fields.js';
import { call } from './support/call.js';
import { test } from './support/fixtures.js';
import { KINDS, type Kind, stateWith } from './support/routers.js';

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe.each(KINDS)('%s', (kind: Kind) => {
  test('each request is one line of JSON in the access log', async ({ pair }) => {
    const { port, directory, router, production, candidate } = await pair(kind, { candidateWeightPercent: 100 });
    candidate.behave((_, response) => void response.writeHead(503).end());
    const answer = await call(port, { headers: { 'x-user-id': 'ra"vi' } });
    await call(port, { method: 'GET', path: '/router/health' });
    await router.stop();
    const lines = (await readFile(join(directory, 'access.log'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1);
    const entry = JSON.parse(lines[0]!);
    expect(Object.keys(entry)).toEqual([...ACCESS_LOG_FIELDS]);
    expect(entry).toMatchObject({
      request_id: answer.headers['x-request-id'],
      client: '127.0.0.1',
      user: 'ra"vi',
      method: 'POST',
      uri: '/api/predict_home_price',
      status: 200,
      variant: 'candidate',
      served: 'production',
      model_version: 'production-model',
      upstream: `${candidate.address}, ${production.address}`,
      upstream_status: '503, 200',
      bytes: expect.any(Number),
      duration_s: expect.any(Number),
    });
  });

  test('an access log without users says nothing of who asked', async ({ service, route }) => {
    const production = await service('production');
    const state = stateWith({ production: [production.address] });
    const { port, directory, router } = await route(kind, state, { accessLogUsers: false });
    await call(port, { headers: { 'x-user-id': 'ravi' } });
    await router.stop();
    const log = await readFile(join(directory, 'access.log'), 'utf8');
    expect(JSON.parse(log)).toMatchObject({ user: '', status: 200 });
    expect(log).not.toContain('ravi');
  });

  test('a log that has grown to its size is moved away and begun anew, and no line is lost', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    const { port, directory, router } = await route(kind, stateWith({ production: [production.address] }), {
      // three or four lines; what comes after them stays below it
      accessLogMaxBytes: 1_100,
      accessLogCheckMs: 100,
    });
    const path = join(directory, 'access.log');
    for (let i = 0; i < 4; i++) await call(port, { path: `/first/${i}` });
    const moved = async () => lines(await readFile(`${path}.1`, 'utf8').catch(() => '')).length;
    await expect.poll(moved, { timeout: 10_000 }).toBeGreaterThan(0);
    await call(port, { path: '/second' });
    await router.stop();
    const both = lines((await readFile(`${path}.1`, 'utf8')) + (await readFile(path, 'utf8')));
    // a worker of nginx writes its line after the answer, so two workers may write in another order
    const uris = both.map((line) => JSON.parse(line).uri).sort();
    expect(uris).toEqual(['/first/0', '/first/1', '/first/2', '/first/3', '/second']);
  });

  test('without a path there is no log, and a device is written to and left where it is', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    const state = stateWith({ production: [production.address] });
    const none = await route(kind, state, { accessLogPath: undefined });
    const device = await route(kind, state, {
      accessLogPath: '/dev/null',
      accessLogMaxBytes: 1,
      accessLogCheckMs: 20,
    });
    for (const { port } of [none, device]) expect((await call(port)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([none.router.stop(), device.router.stop()]);
    await expect(access(join(none.directory, 'access.log'))).rejects.toThrow('ENOENT');
    await expect(access('/dev/null.1')).rejects.toThrow('ENOENT');
  });
});

test('the built-in router serves on when its log cannot be written', async ({ service, route }) => {
  const production = await service('production');
  const state = stateWith({ production: [production.address] });
  const { port, router } = await route('built-in', state, { accessLogPath: '/no/such/folder/access.log' });
  expect((await call(port)).status).toBe(200);
  await router.stop();
});
