import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { watchPage } from './browser.js';
import { controlAnswers } from './control-answers.js';
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
    'Approvals',
    'A/B tests',
    'Traffic',
    'Predictions',
    'Feedback',
    'Batch jobs',
    'Models',
    'Training',
    'Data',
    'Features',
    'Drift',
    'Alerts',
    'Schedules',
    'Audit',
    'Settings',
    'Overview',
  ]) {
    await page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name, exact: true }).click();
    const heading = page.getByRole('heading', { level: 1, name });
    await heading.waitFor();
    // a screen reader is told that the page has changed
    expect(await heading.and(page.locator(':focus')).count()).toBe(1);
    await expect.poll(() => page.getByText(/^Loading/).count()).toBe(0);
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

const asked = (path: string) => site.services.seen.filter(({ url }) => url.startsWith(path)).length;

test('what changed is loaded again once it is told, and nothing else is', async () => {
  site.reset({ 'GET /api/events': { events: 'event: changed\ndata: {"topics":["models"]}\n\n' } });
  const { page } = await visit('/ops/models');
  await page.getByRole('link', { name: 'BO1' }).waitFor();
  await expect.poll(() => asked('/api/models?')).toBe(2);
  expect(asked('/api/deployments?')).toBe(1);
  await page.close();
});

test('everything is loaded anew after the connection was lost', async () => {
  const { page } = await visit('/ops/models');
  await page.getByRole('link', { name: 'BO1' }).waitFor();
  await expect.poll(() => asked('/api/events')).toBe(1);
  site.reset({ 'GET /api/models': { body: { items: [], next_cursor: null } } });
  site.services.dropStreams();
  await page.getByText('No model yet').waitFor();
  await expect.poll(() => asked('/api/deployments?')).toBe(1);
  await page.close();
});

test('a long table draws what is in view, and keeps its place in the whole', async () => {
  const entry = (id: number) => ({
    id,
    action: `act-${id}`,
    actor: 'worker',
    subject: 'BO1',
    reason:
      id % 3 === 0
        ? 'a reason that is so long that it takes more than a line of the table to be told '.repeat(3)
        : null,
    details: null,
    workflow_id: null,
    created_at: '2026-03-01T10:00:00.000Z',
  });
  const items = Array.from({ length: 5000 }, (_, i) => entry(i + 1));
  site.reset({ 'GET /api/audit': { body: { items, next_cursor: null } } });
  const { page, errors } = await visit('/ops/audit');
  const table = page.getByRole('region', { name: 'Audit entries' });
  await table.getByText('act-1', { exact: true }).waitFor();
  const drawn = () => table.locator('tbody tr[data-row]').count();
  expect(await drawn()).toBeLessThan(80);
  // heights are guessed until rows have been drawn, so the end moves while one goes there
  await expect
    .poll(async () => {
      await table.evaluate((box: { scrollTo(x: number, y: number): void }) => box.scrollTo(0, 1e9));
      return table.getByText('act-5000', { exact: true }).count();
    })
    .toBe(1);
  expect(await drawn()).toBeLessThan(80);
  expect(await table.getByText('act-1', { exact: true }).count()).toBe(0);
  const last = table.getByRole('row', { name: /act-5000/ });
  expect(await last.getAttribute('aria-rowindex')).toBe('5001');
  expect(errors).toEqual([]);
  await page.close();
});

test('a promotion that waits is approved with a reason', async () => {
  site.reset({ 'POST /api/approvals/7/approve': { body: {} } });
  const { page } = await visit('/ops/approvals');
  await page.getByRole('button', { name: 'Approve …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let CO3 be promoted?' });
  expect(await dialog.textContent()).toContain('serves all users at once');
  await dialog.getByLabel('Why?').fill('looked at both');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved: the promotion has begun.').waitFor();
  expect(posted()).toMatchObject([{ url: '/api/approvals/7/approve', body: { reason: 'looked at both' } }]);
  await page.close();
});

test('who asked for a promotion does not get to approve it', async () => {
  const answers = controlAnswers()['GET /api/approvals'] as { body: { items: object[] } };
  site.reset({
    'GET /api/approvals': { body: { items: [{ ...answers.body.items[0], may_approve: false }], next_cursor: null } },
  });
  const { page } = await visit('/ops/approvals');
  await page.getByText('somebody else has to approve it').waitFor();
  expect(await page.getByRole('button', { name: 'Approve …' }).count()).toBe(0);
  await page.close();
});

test('another share of users is given after it has been said what that does', async () => {
  site.reset({ 'POST /api/experiments/3/weights': { status: 202, body: {} } });
  const { page } = await visit('/ops/experiment');
  await page.getByRole('button', { name: 'Share of users …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give CO3 another share of users?' });
  await dialog.getByLabel('Share of the candidate').fill('120');
  await dialog.getByLabel('Why?').fill('more data');
  await dialog.getByRole('button', { name: 'Change the share' }).click();
  await dialog.getByRole('alert').getByText('up to 99 percent').waitFor();
  await dialog.getByLabel('Share of the candidate').fill('35');
  await dialog.getByText('35 % of users get CO3, 65 % production, in place of 20 %.').waitFor();
  expect(await dialog.textContent()).toContain('they are forgotten');
  await dialog.getByRole('button', { name: 'Change the share' }).click();
  await page.getByText('The share is being changed.').waitFor();
  expect(posted()).toMatchObject([{ body: { candidate_weight_percent: 35, reason: 'more data' } }]);
  await page.close();
});

test('a dropped file is sent as it is, and the page says what was made of it or why it was refused', async () => {
  const uploads = controlAnswers()['GET /api/datasets/uploads'] as { body: { items: object[] } };
  site.reset({ 'POST /api/datasets': { status: 201, body: uploads.body.items[0] } });
  const { page } = await visit('/ops/data');
  await page.getByLabel('Drop a CSV file here, or choose one').waitFor();
  const drop = () =>
    page.evaluate(`(() => {
      const files = new DataTransfer();
      files.items.add(new File(['price\\n1'], 'homes.csv'));
      const event = new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true });
      document.querySelector('.file-drop').dispatchEvent(event);
    })()`);
  await drop();
  const result = page.getByRole('status', { name: 'The upload' });
  await result.getByText('10,241 rows are left for training').waitFor();
  expect(await result.textContent()).toContain('A row without a price teaches nothing.');
  expect(posted()).toMatchObject([{ url: '/api/datasets?project=home-prices&file_name=homes.csv', body: 'price\n1' }]);
  expect(posted()[0]?.headers['content-type']).toBe('text/csv');
  site.reset({ 'POST /api/datasets': { status: 422, body: { message: 'there is no column price' } } });
  await drop();
  await page.getByRole('alert').getByText('homes.csv was not taken: there is no column price').waitFor();
  await page.close();
});

test('predictions are searched, and the search is in the address', async () => {
  const { page } = await visit('/ops/predictions');
  await page.getByLabel('User').fill('u 1');
  await page.getByLabel('Variant').selectOption('candidate');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('?variant=candidate&user_id=u+1');
  await page.getByRole('link', { name: '41' }).click();
  await page.getByText('From 112.3, the average in training, to 83.46.').waitFor();
  const bars = await page.locator('.bars li').allTextContents();
  expect(bars[0]).toBe('total sqft− 31.2');
  expect(site.services.seen.some(({ url }) => url.includes('variant=candidate&user_id=u+1'))).toBe(true);
  await page.close();
});

test('the chain of the audit log is checked, and what is found is told', async () => {
  const { page } = await visit('/ops/audit');
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await page.getByText('The chain of 120 entries is whole.').waitFor();
  const finding = { kind: 'changed', sequence: 12, message: 'the entry was changed after it was written' };
  site.reset({ 'GET /api/audit/verification': { body: { rows: 120, unchained: 0, head: 'x', findings: [finding] } } });
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await page.getByText('Entry 12: the entry was changed after it was written').waitFor();
  await page.close();
});

test('another project is shown as a whole', async () => {
  const { page } = await visit('/ops/models/BO2');
  await page.getByRole('combobox', { name: 'Project' }).selectOption('iris');
  await page.getByRole('heading', { name: 'Models', exact: true }).waitFor();
  expect(page.url()).toBe(`${site.origin}/ops/models?project=iris`);
  expect(site.services.seen.some(({ url }) => url.startsWith('/api/models?project=iris'))).toBe(true);
  expect(site.services.seen.some(({ url }) => url === '/api/events?project=iris')).toBe(true);
  await page.close();
});

test('an address that operations does not know says so', async () => {
  const { page } = await visit('/ops/nothing');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.close();
});
