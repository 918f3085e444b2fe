import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StandIn, startStandIn } from './stand-in.js';
import { startWebApp, type WebApp } from './web-app.js';

let router: StandIn;
let control: StandIn;
let app: WebApp;

beforeAll(async () => {
  router = await startStandIn({
    'POST /api/predict_home_price': {
      headers: { 'Set-Cookie': 'incumbent_user=u1; Path=/; HttpOnly', 'X-Variant': 'candidate' },
      body: { estimated_price: 80 },
    },
    'GET /api/slow': { delayMs: 3000, body: {} },
  });
  control = await startStandIn({ 'GET /api/overview': { body: { project: 'home-prices' } } });
  app = await startWebApp(router.origin, control.origin, 500, { iris: router.origin });
});
afterAll(async () => {
  await app?.close();
  await Promise.all([router?.close(), control?.close()]);
});
beforeEach(() => {
  router.seen.length = 0;
  control.seen.length = 0;
});

describe('the app', () => {
  test.each(['/', '/ops', '/ops/models/BO1'])('%s is the page, under a policy without inline scripts', async (path) => {
    const answer = await fetch(app.origin + path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|data:|\*/);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(await answer.text()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=/);
  });

  test('an address that is neither a file nor a page is not found', async () => {
    const answer = await fetch(`${app.origin}/nothing-here`);
    expect(answer.status).toBe(404);
  });

  test('no path leads out of the build', async () => {
    // fetch would resolve the dots before sending
    const asked = httpRequest(`${app.origin}/`, { path: '/../package.json' }).end();
    const [answer] = await once(asked, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(404);
  });

  test('files with a hash in their name are kept for good, the page is asked for again', async () => {
    const page = await fetch(`${app.origin}/`);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1];
    const file = await fetch(app.origin + script);
    await file.arrayBuffer();
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const again = await fetch(`${app.origin}/`, { headers: { 'If-None-Match': page.headers.get('etag')! } });
    expect(again.status).toBe(304);
  });

  test('only GET and HEAD are answered', async () => {
    const answers = await Promise.all(['POST', 'DELETE', 'HEAD'].map((method) => fetch(`${app.origin}/`, { method })));
    expect(answers.map(({ status }) => status)).toEqual([405, 405, 200]);
  });

  test('it says that it is ready', async () => {
    expect(await (await fetch(`${app.origin}/healthz`)).json()).toEqual({ status: 'ok' });
  });
});

describe('the prediction API', () => {
  test('passes body, user header and cookies on, and the cookie and variant headers back', async () => {
    const answer = await fetch(`${app.origin}/api/predict_home_price?explain=true`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-User-Id': 'asha', Cookie: 'incumbent_user=u0' },
      body: '{"bhk":2}',
    });
    expect(await answer.json()).toEqual({ estimated_price: 80 });
    expect(answer.headers.get('set-cookie')).toBe('incumbent_user=u1; Path=/; HttpOnly');
    expect(answer.headers.get('x-variant')).toBe('candidate');
    const [seen] = router.seen;
    expect(seen).toMatchObject({ method: 'POST', url: '/api/predict_home_price?explain=true', body: { bhk: 2 } });
    expect(seen?.headers).toMatchObject({ 'x-user-id': 'asha', cookie: 'incumbent_user=u0' });
  });

  test('a body without a length is passed on whole', async () => {
    const text = 'x'.repeat(300_000);
    await fetch(`${app.origin}/api/predict_home_price`, {
      method: 'POST',
      body: new Blob([text]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(router.seen[0]?.body).toBe(text);
  });

  test('another site cannot ask in the user’s name', async () => {
    const answer = await fetch(`${app.origin}/api/predict_home_price`, {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect([answer.status, router.seen.length]).toEqual([403, 0]);
  });

  test('a service that is silent is given up on, with a problem the page can show', async () => {
    const answer = await fetch(`${app.origin}/api/slow`);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The prediction service did not answer. Please try again in a moment.',
    });
  });
});

describe('where predictions need an API key', () => {
  const key = 'ik_of-the-web-server';
  let keyed: WebApp;
  beforeAll(async () => {
    keyed = await startWebApp(router.origin, control.origin, 500, { iris: router.origin }, key);
  });
  afterAll(() => keyed?.close());

  test('the web server’s own is sent for its visitors, to every prediction service', async () => {
    const paths = ['/api/predict_home_price?explain=true', '/api/feedback', '/projects/iris/predict'];
    for (const path of paths) await (await fetch(keyed.origin + path, { method: 'POST', body: '{}' })).arrayBuffer();
    expect(router.seen.map(({ headers }) => headers['x-api-key'])).toEqual([key, key, key]);
  });

  test.each(['/api/logs', '/projects/iris/api/logs', '/api/predict/../logs', '/api/predict/%2e%2e/logs'])(
    'it opens nobody what others have asked: %s',
    async (path) => {
      // fetch would resolve the dots before sending
      const [answer] = await once(httpRequest(keyed.origin, { path }).end(), 'response');
      answer.resume();
      expect(router.seen.map(({ headers }) => headers['x-api-key'])).toEqual([undefined]);
    },
  );

  test.each([
    ['authorization', 'Bearer mine'],
    ['x-api-key', 'mine'],
  ])('who sends %s speaks for themselves', async (header, value) => {
    const headers = { [header]: value };
    await (await fetch(`${keyed.origin}/api/feedback`, { method: 'POST', headers, body: '{}' })).arrayBuffer();
    const { authorization, 'x-api-key': sent } = router.seen[0]!.headers;
    expect({ authorization, 'x-api-key': sent }).toEqual({
      authorization: undefined,
      'x-api-key': undefined,
      [header]: value,
    });
  });

  test('it never reaches the control API, where it would act for everybody', async () => {
    await fetch(`${keyed.origin}/control/overview`);
    expect(control.seen[0]!.headers).not.toHaveProperty('x-api-key');
  });
});

test('the control API is found under /control', async () => {
  const answer = await fetch(`${app.origin}/control/overview?project=home-prices`);
  expect(await answer.json()).toEqual({ project: 'home-prices' });
  expect(control.seen.map(({ url }) => url)).toEqual(['/api/overview?project=home-prices']);
});

test('a service that is down is told by name', async () => {
  const gone = await startStandIn({});
  await gone.close();
  const lonely = await startWebApp(gone.origin, gone.origin);
  const answer = await fetch(`${lonely.origin}/control/overview`);
  expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
    502,
    'The control service did not answer. Please try again in a moment.',
  ]);
  await lonely.close();
});

test('events are passed on as they come, and a reader who leaves is not kept', async () => {
  const source = createServer((_, outgoing) => {
    outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' });
    outgoing.write('data: one\n\n');
    outgoing.on('close', () => source.emit('left'));
  });
  source.listen(0, '127.0.0.1');
  await once(source, 'listening');
  const origin = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  const streaming = await startWebApp(origin, origin, 500);
  const reading = new AbortController();
  const answer = await fetch(`${streaming.origin}/control/events`, { signal: reading.signal });
  const { value } = await answer.body!.getReader().read();
  expect(new TextDecoder().decode(value)).toBe('data: one\n\n');
  const left = once(source, 'left');
  reading.abort();
  await left;
  await streaming.close();
  source.close();
});

describe('further projects', () => {
  test('are reached by name at their own router, path and query as they came', async () => {
    router.answers['POST /predict'] = { body: { prediction: 1 } };
    const answer = await fetch(`${app.origin}/projects/iris/predict?explain=true`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"features":[1,2,3,4]}',
    });
    expect([answer.status, await answer.json()]).toEqual([200, { prediction: 1 }]);
    expect(router.seen).toMatchObject([
      { method: 'POST', url: '/predict?explain=true', body: { features: [1, 2, 3, 4] } },
    ]);
  });

  test.each(['/projects/unknown/predict', '/projects/iris', '/projects//predict'])(
    '%s is no page and no router',
    async (path) => {
      const answer = await fetch(app.origin + path);
      expect([answer.status, router.seen.length]).toEqual([404, 0]);
    },
  );

  test('pages of other sites are kept out of them, too', async () => {
    const answer = await fetch(`${app.origin}/projects/iris/predict`, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect([answer.status, router.seen.length]).toEqual([403, 0]);
  });

  test('the pages learn which there are, and where Temporal’s Web UI is', async () => {
    const answer = await fetch(`${app.origin}/app-settings.json`);
    expect(await answer.json()).toEqual({
      projects: ['home-prices', 'iris'],
      routed: ['iris'],
      temporal: { url: 'http://localhost:8233', namespace: 'incumbent' },
    });
  });
});
