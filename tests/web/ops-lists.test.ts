import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Operations, openOperations } from './operations.js';

let ops: Operations;
beforeAll(async () => {
  ops = await openOperations();
});
afterAll(() => ops?.close());
beforeEach(() => ops.site.reset());

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
    ops.site.reset({
      'GET /api/audit': ({ url }) =>
        url.includes('cursor=next%20page') || url.includes('cursor=next+page')
          ? { body: { items: [entry(1)], next_cursor: null } }
          : { body: { items: [entry(2)], next_cursor: 'next page' } },
    });
    const { page } = await ops.visit('/ops/audit');
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
    ops.site.reset({ [endpoint]: { body: { items: [], next_cursor: null } } });
    const { page } = await ops.visit(path);
    await page.getByText(words).waitFor();
    await page.close();
  });

  test('a failure is told with the service’s words and can be tried again', async () => {
    const answers = { status: 500, body: { message: 'The database is away.' } };
    ops.site.reset({ 'GET /api/models': answers });
    const { page } = await ops.visit('/ops/models');
    await page.getByRole('alert').getByText('The database is away.').waitFor();
    ops.site.reset();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'BO1' }).waitFor();
    await page.close();
  });
});

const asked = (path: string) => ops.site.services.seen.filter(({ url }) => url.startsWith(path)).length;

test('what changed is loaded again once it is told, and nothing else is', async () => {
  ops.site.reset({ 'GET /api/events': { events: 'event: changed\ndata: {"topics":["models"]}\n\n' } });
  const { page } = await ops.visit('/ops/models');
  await page.getByRole('link', { name: 'BO1' }).waitFor();
  await expect.poll(() => asked('/api/models?')).toBe(2);
  expect(asked('/api/deployments?')).toBe(1);
  await page.close();
});

test('everything is loaded anew after the connection was lost', async () => {
  const { page } = await ops.visit('/ops/models');
  await page.getByRole('link', { name: 'BO1' }).waitFor();
  await expect.poll(() => asked('/api/events')).toBe(1);
  ops.site.reset({ 'GET /api/models': { body: { items: [], next_cursor: null } } });
  ops.site.services.dropStreams();
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
  ops.site.reset({ 'GET /api/audit': { body: { items, next_cursor: null } } });
  const { page, errors } = await ops.visit('/ops/audit');
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

test('predictions are searched, and the search is in the address', async () => {
  const { page } = await ops.visit('/ops/predictions');
  await page.getByLabel('User').fill('u 1');
  await page.getByLabel('Variant').selectOption('candidate');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('?variant=candidate&user_id=u+1');
  await page.getByRole('link', { name: '41' }).click();
  await page.getByText('From 112.3, the average in training, to 83.46.').waitFor();
  const bars = await page.locator('.bars li').allTextContents();
  expect(bars[0]).toBe('total sqft− 31.2');
  expect(ops.site.services.seen.some(({ url }) => url.includes('variant=candidate&user_id=u+1'))).toBe(true);
  await page.close();
});
