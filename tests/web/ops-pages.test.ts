import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { watchPage } from './browser.js';
import { type Site, startSite } from './site.js';

let site: Site;
/** One for all: operations keeps nothing in the browser, and what is loaded once stays in its cache. */
let context: BrowserContext;
beforeAll(async () => {
  site = await startSite();
  context = await site.browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-IN' });
});
afterAll(() => site?.close());
beforeEach(() => site.reset());

async function visit(path: string) {
  const opened = await watchPage(context);
  await opened.page.goto(site.origin + path);
  return opened;
}

const posted = () => site.services.seen.filter(({ method }) => method === 'POST');

test('every page is reached from the navigation and opens without an error', async () => {
  const { page, errors, hosts } = await visit('/ops');
  for (const name of [
    'Experiment',
    'Decisions',
    'Traffic',
    'Models',
    'Training',
    'Drift',
    'Schedules',
    'Audit',
    'Overview',
  ]) {
    await page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name }).click();
    const heading = page.getByRole('heading', { level: 1, name });
    await heading.waitFor();
    // a screen reader is told that the page has changed
    expect(await heading.and(page.locator(':focus')).count()).toBe(1);
    await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'detached' });
    expect(await page.title()).toBe(`${name} · Operations`);
  }
  expect(errors).toEqual([]);
  expect([...hosts]).toEqual([new URL(site.origin).host]);
  await page.close();
});

test('the overview tells both slots, the split, the verdict and the part that is away', async () => {
  const { page } = await visit('/ops');
  const production = await page.getByRole('region', { name: 'production slot' }).textContent();
  expect(production).toMatch(/BO2[\s\S]*R² 0\.834/);
  expect(production).toContain('80 % of users');
  expect(await page.getByRole('region', { name: 'candidate slot' }).textContent()).toContain('20 % of users');
  const away = page.getByRole('row', { name: /^candidate/ });
  expect(await away.textContent()).toMatch(/away[\s\S]*not heard of for 40 s/);
  expect(await page.getByText('The two are too close to act on.').count()).toBe(1);
  await page.close();
});

test('both verdicts stand side by side with their reasons and what is still needed', async () => {
  const { page } = await visit('/ops/experiment');
  const rule = page.locator('.verdict').filter({ hasText: 'The rule says' });
  const evidence = page.locator('.verdict').filter({ hasText: 'The evidence says' });
  await evidence.waitFor();
  expect(await rule.textContent()).toMatch(/this policy acts[\s\S]*Continue testing/);
  expect(await evidence.textContent()).toMatch(
    /Promising[\s\S]*Still needed: 60 more candidate ratings, 240 more users, about 10 h/,
  );
  // the picture is described for those who do not see it
  expect(await page.getByRole('figure').first().textContent()).toContain('Latest scores: production 0.80');
  expect(await page.locator('canvas').count()).toBe(3);
  await page.close();
});

test('a roll back is done only after it has been said what it does', async () => {
  const { page } = await visit('/ops');
  await page.getByRole('button', { name: 'Roll back …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back from BO2?' });
  expect(await dialog.textContent()).toContain('serves all production traffic again');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(posted()).toEqual([]);
  await page.getByRole('button', { name: 'Roll back …' }).click();
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await page.getByText('The roll back has begun.').waitFor();
  expect(posted()).toMatchObject([{ url: '/api/deploy/rollback', body: { project: 'home-prices' } }]);
  await page.close();
});

test('an earlier version is rolled back to by name, and a refusal is told in the dialog', async () => {
  site.reset({ 'POST /api/deploy/rollback': { status: 409, body: { message: 'Another delivery is running.' } } });
  const { page } = await visit('/ops/models/BO1');
  await page.getByRole('button', { name: 'Roll back to this …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back to BO1?' });
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await dialog.getByRole('alert').getByText('Another delivery is running.').waitFor();
  expect(posted()).toMatchObject([{ body: { project: 'home-prices', version: 'BO1' } }]);
  await page.close();
});

test('a training is started and followed, also after a reload', async () => {
  const { page } = await visit('/ops/training');
  await page.getByRole('button', { name: 'Start training …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('progressbar').waitFor();
  await page.reload();
  await page.getByText('42 % done').waitFor();
  site.services.answers['GET /api/training/status/train-home-prices-1'] = {
    body: { job_id: 'train-home-prices-1', status: 'failed', error: 'The gates refused it: R² 0.41 < 0.7.' },
  };
  await page.reload();
  await page.getByRole('alert').getByText('The gates refused it: R² 0.41 < 0.7.').waitFor();
  await page.close();
});

test('a schedule is run now', async () => {
  site.reset({ 'POST /api/schedules/home-prices-drift-daily/trigger': { status: 202, body: {} } });
  const { page } = await visit('/ops/schedules');
  const row = page.getByRole('row', { name: /home-prices-drift-daily/ });
  await row.getByRole('button', { name: 'Run now …' }).click();
  await page
    .getByRole('dialog', { name: 'Run home-prices-drift-daily now?' })
    .getByRole('button', { name: 'Run now' })
    .click();
  await page.getByText('Started.').waitFor();
  expect(await row.getByRole('link').getAttribute('href')).toBe(
    'http://localhost:8233/namespaces/incumbent/schedules/home-prices-drift-daily',
  );
  await page.close();
});

describe('lists', () => {
  test('go on from the cursor where there is more', async () => {
    const entry = (id: number) => ({
      id,
      action: `act-${id}`,
      actor: 'worker',
      subject: 'BO1',
      reason: null,
      details: null,
      workflow_id: null,
      created_at: '2026-03-01T10:00:00.000Z',
    });
    site.reset({
      'GET /api/audit': ({ url }) =>
        url.includes('cursor=next%20page') || url.includes('cursor=next+page')
          ? { body: { items: [entry(1)], next_cursor: null } }
          : { body: { items: [entry(2)], next_cursor: 'next page' } },
    });
    const { page } = await visit('/ops/audit');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('act-1').waitFor();
    expect(await page.getByText('act-2').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    await page.close();
  });

  test.each([
    ['/ops/audit', 'GET /api/audit', 'Nothing has been changed yet.'],
    ['/ops/models', 'GET /api/models', 'No model yet'],
    ['/ops/drift', 'GET /api/monitoring/drift', 'No report yet.'],
    ['/ops/experiment', 'GET /api/experiments', 'No experiment yet.'],
    ['/ops/decisions', 'GET /api/experiments', 'No experiment yet, so nothing was decided.'],
  ])('%s says how there will be something where there is nothing', async (path, endpoint, words) => {
    site.reset({ [endpoint]: { body: { items: [], next_cursor: null } } });
    const { page } = await visit(path);
    await page.getByText(words).waitFor();
    await page.close();
  });

  test('a failure is told with the service’s words and can be tried again', async () => {
    const answers = { status: 500, body: { message: 'The database is away.' } };
    site.reset({ 'GET /api/models': answers });
    const { page } = await visit('/ops/models');
    await page.getByRole('alert').getByText('The database is away.').waitFor();
    site.reset();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'BO1' }).waitFor();
    await page.close();
  });
});

test('text of strangers stays text', async () => {
  const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  site.reset({
    'GET /api/audit': {
      body: {
        items: [
          {
            id: 1,
            action: attack,
            actor: attack,
            subject: attack,
            reason: attack,
            workflow_id: '"><script>',
            created_at: '2026-03-01T10:00:00.000Z',
          },
        ],
        next_cursor: null,
      },
    },
  });
  const { page, errors } = await visit('/ops/audit');
  await page.getByText(attack).first().waitFor();
  expect(await page.getByText(attack).count()).toBe(4);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toBe('Audit · Operations');
  expect(errors).toEqual([]);
  await page.close();
});

test('an address that operations does not know says so', async () => {
  const { page } = await visit('/ops/nothing');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.close();
});
