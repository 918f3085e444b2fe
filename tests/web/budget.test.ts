import { gzipSync } from 'node:zlib';
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
  const scripts: { name: string; bytes: number }[] = [];
  page.on('response', async (response) => {
    if (response.request().resourceType() !== 'script') return;
    scripts.push({ name: new URL(response.url()).pathname, bytes: gzipSync(await response.body()).length });
  });
  await page.goto(site.origin, { waitUntil: 'networkidle' });
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
