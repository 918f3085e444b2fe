import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from './browser.js';
import { type Site, startSite } from './site.js';

const MOST_SCRIPT_BYTES = 200_000;
const MOST_MS = 1500;

let site: Site;
beforeAll(async () => {
  site = await startSite();
  site.reset();
});
afterAll(() => site?.close());

test('the price page loads at most 200 kB of script, compressed, and nothing of operations', async () => {
  const { page } = await openPage(site.browser);
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') responses.push(response);
  });
  await page.goto(site.origin, { waitUntil: 'networkidle' });
  const scripts = await Promise.all(
    responses.map(async (response) => ({
      name: new URL(response.url()).pathname,
      bytes: gzipSync(await response.body()).length,
    })),
  );
  expect(scripts.map(({ name }) => name.replace(/-[\w-]{8}\.js$/, '')).sort()).toEqual(['/assets/index', '/theme.js']);
  expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MOST_SCRIPT_BYTES);
  await page.context().close();
});

test('on a processor four times slower the form can be used within 1.5 s', async () => {
  const { page } = await openPage(site.browser);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  // the best of three: a busy machine makes one run slow, not the page
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    await page.goto(site.origin);
    await page.getByRole('combobox', { name: 'Location' }).waitFor();
    times.push(await page.evaluate(() => performance.now()));
  }
  expect(Math.min(...times)).toBeLessThan(MOST_MS);
  await page.context().close();
});

test('a chart of 100,000 points is drawn without a stutter', async () => {
  const { page } = await openPage(site.browser);
  const hour = (n: number) => new Date(1_700_000_000_000 + n * 60_000).toISOString();
  const hours = Array.from({ length: 100_000 }, (_, i) => ({
    hour: hour(Math.floor(i / 2)),
    variant: i % 2 === 0 ? 'production' : 'candidate',
    model_version: i % 2 === 0 ? 'BO2' : 'CO3',
    requests: 300 + (i % 97),
    users: 90,
    mean_latency_ms: 2.1,
    p50_latency_ms: 1.4,
    p95_latency_ms: 5 + Math.sin(i / 1000),
    p99_latency_ms: 9.9,
    mean_prediction: 92 - (i % 2),
  }));
  site.reset({
    'GET /api/monitoring/metrics': { body: { from: hour(0), to: hour(1), unit: 'lakh INR', hours, feedback: [] } },
  });
  await page.goto(`${site.origin}/ops/traffic`);
  await page.locator('canvas').first().waitFor();
  // the pointer goes over the chart while frames are counted: each redraws the cursor and the legend
  const box = (await page.locator('.u-over').first().boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + 50);
  const frames = page.evaluate<number[]>(`new Promise((done) => {
    const gaps = [];
    let last = performance.now();
    const frame = (now) => {
      gaps.push(now - last);
      last = now;
      if (gaps.length < 90) requestAnimationFrame(frame);
      else done(gaps);
    };
    requestAnimationFrame(frame);
  })`);
  for (let i = 0; i < 60; i++) await page.mouse.move(box.x + 5 + ((box.width - 10) * i) / 60, box.y + 50);
  const gaps = (await frames).slice(1).sort((a, b) => a - b);
  // a stutter is seen from about a tenth of a second on
  expect(gaps[Math.floor(gaps.length * 0.9)]!).toBeLessThan(100);
  await page.context().close();
});
