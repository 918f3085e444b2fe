import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { openRaw } from './support/raw.js';
import { KINDS, type Kind, stateWith } from './support/routers.js';
import type { Behaviour } from './support/service.js';

const hanging: Behaviour = () => {};

describe.each(KINDS)('%s', (kind: Kind) => {
  test('what is no HTTP is answered 400 and cut off; a client that resets harms nobody', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const garbage = await openRaw(port);
    garbage.socket.write('GET /predict HTTP/1.1\r\nHost: a\r\nno colon here\0\r\n\r\n');
    expect(await garbage.heard).toMatch(/^HTTP\/1\.1 400 .*"status":400,"code":"INVALID_INPUT"/s);
    for (const said of ['', 'POST /pre', 'POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{']) {
      const { socket, heard } = await openRaw(port);
      socket.write(said);
      await call(port);
      socket.resetAndDestroy();
      expect(await heard).toBe('');
    }
    expect((await call(port)).status).toBe(200);
  });

  test('a client of HTTP/1.0 that names no host is answered', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const { socket, heard } = await openRaw(port);
    socket.write('GET /api/health HTTP/1.0\r\n\r\n');
    expect(await heard).toMatch(/^HTTP\/1\.[01] 200 .*"by":"production"/s);
    expect(production.received).toHaveLength(1);
  });

  test('a body that stands still is not waited for, and no service hears of it', async ({ service, route }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }), { bodyTimeoutMs: 300 });
    const { socket, heard } = await openRaw(port);
    const began = performance.now();
    socket.write('POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{"bhk"');
    await heard;
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(production.received).toEqual([]);
  });

  test('a large body whose client goes away in the middle reaches nobody and leaves nothing behind', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const { socket } = await openRaw(port);
    socket.write('POST /api/predict/batch HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n');
    // more than is kept in memory
    await new Promise((resolve) => socket.write('x'.repeat(3_000_000), resolve));
    socket.destroy();
    expect((await call(port)).status).toBe(200);
    expect(production.received.map(({ path }) => path)).toEqual(['/api/predict_home_price']);
  });

  test('a client that goes away before its answer is logged as 499', async ({ service, route }) => {
    const production = await service('production');
    production.behave(hanging);
    const { port, directory, router } = await route(kind, stateWith({ production: [production.address] }));
    const request = http.request({ host: '127.0.0.1', port, method: 'POST', path: '/predict', agent: false });
    request.on('error', () => {}).end('{}');
    await expect.poll(() => production.received.length).toBe(1);
    request.destroy();
    const log = () => readFile(join(directory, 'access.log'), 'utf8');
    await expect.poll(log, { timeout: 5_000 }).toContain('"status":499');
    expect(JSON.parse(await log())).toMatchObject({ uri: '/predict', upstream: production.address, served: '' });
    await router.stop();
  });

  test('an answer that breaks off in the middle breaks off for the client, and is not begun again', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    production.behave((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1_000 });
      response.write('the first half', () => setTimeout(() => response.destroy(), 50));
    });
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    await expect(call(port)).rejects.toThrow('aborted');
    expect(production.received).toHaveLength(1);
  });

  test('a kept connection that the service has just closed costs no answer', async ({ service, route }) => {
    const production = await service('production');
    const answer: { current: Behaviour } = { current: (_, response) => void response.end('{"by":"production"}') };
    production.behave((received, response) => answer.current(received, response));
    const state = stateWith({ production: [production.address] });
    const { port } = await route(kind, state, { workers: 1, maxFails: 1 });
    for (let round = 0; round < 3; round++) {
      answer.current = (_, response) => void response.end('{"by":"production"}');
      expect((await call(port)).status).toBe(200);
      // the next request on the kept connection meets its end
      answer.current = (_, response) => {
        answer.current = (_again, other) => void other.end('{"by":"production"}');
        response.destroy();
      };
      expect((await call(port)).json<Echo>().by).toBe('production');
    }
    expect(production.received).toHaveLength(9);
  });
});
